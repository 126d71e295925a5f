"""The order in which images are seen, and the cache of decoded ones."""

from __future__ import annotations

import errno
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import open_source, read_image, read_mask
from maskgan_studio.training.data import cache
from maskgan_studio.training.data.dataset import DecodedImages, SampleOrder, split_samples

CPU = torch.device("cpu")


@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=3), seed=st.integers(0, 99), epoch=st.integers(0, 3))
def test_every_epoch_shows_every_image_once(sizes, seed, epoch):
    order = SampleOrder(sizes, [1.0] * len(sizes), seed)
    total = sum(sizes)
    shown = [order.image_of(k) for k in range(epoch * total, (epoch + 1) * total)]
    assert sorted(shown) == list(range(total))


def test_weights_are_how_often_a_source_is_seen():
    order = SampleOrder([4, 10], [2.0, 0.5], seed=0)
    assert order.epoch_length == 13
    shown = Counter(order.image_of(k) for k in range(13))
    assert all(shown[image] == 2 for image in range(4))
    assert sum(shown[image] for image in range(4, 14)) == 5
    assert max(shown[image] for image in range(4, 14)) == 1


def test_the_order_can_be_entered_anywhere():
    straight = SampleOrder([20], [1.0], seed=3)
    numbers = [straight.image_of(k) for k in range(60)]
    fresh = SampleOrder([20], [1.0], seed=3)
    assert [fresh.image_of(k) for k in (59, 0, 25)] == [numbers[59], numbers[0], numbers[25]]
    assert numbers[:20] != numbers[20:40]
    assert numbers[:20] != [SampleOrder([20], [1.0], seed=4).image_of(k) for k in range(20)]


def test_decoded_images_are_the_files_and_are_cached(faces, tmp_path, monkeypatch):
    samples = open_source(str(faces)).samples
    decoded = DecodedImages(samples, 32, tmp_path, CPU)
    np.testing.assert_array_equal(decoded.images[3].numpy(), read_image(samples[3], 32))
    np.testing.assert_array_equal(decoded.masks[3].numpy(), read_mask(samples[3], 32))
    monkeypatch.setattr(cache, "_decode", lambda *_: pytest.fail("decoded again"))
    again = DecodedImages(samples, 32, tmp_path, CPU)
    assert torch.equal(again.images, decoded.images)


def test_a_changed_file_is_decoded_again(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 2)
    before = DecodedImages(open_source(str(root)).samples, 32, tmp_path / "cache", CPU)
    (root / "mask" / "0.png").write_bytes((root / "mask" / "1.png").read_bytes())
    after = DecodedImages(open_source(str(root)).samples, 32, tmp_path / "cache", CPU)
    assert torch.equal(after.masks[0], after.masks[1]) and not torch.equal(before.masks[0], after.masks[0])


def test_a_vanished_file_is_named(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 2)
    samples = open_source(str(root)).samples
    (root / "CelebA-HQ-img" / "1.jpg").unlink()
    with pytest.raises(DataError, match=r"1\.jpg has vanished"):
        DecodedImages(samples, 32, tmp_path / "cache", CPU)


def test_a_full_disk_leaves_no_half_cache(faces, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np.lib.format, "write_array_header_1_0", full)
    with pytest.raises(DataError, match="free some space"):
        DecodedImages(open_source(str(faces)).samples, 32, tmp_path / "cache", CPU)
    assert list((tmp_path / "cache").iterdir()) == []


def test_splits_collect_labelled_samples_of_all_sources(make_faces, tmp_path):
    first, second = make_faces(tmp_path / "a", 4), make_faces(tmp_path / "b", 3)
    (second / "mask" / "0.png").unlink()
    samples, sizes, weights = split_samples([open_source(str(first)), open_source(f"{second}@3")], "train")
    assert (len(samples), sizes, weights) == (6, [4, 2], [1.0, 3.0])
