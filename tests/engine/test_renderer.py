"""Every renderer gives what the network gives, at full size and as a preview."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from maskgan_studio.engine.autotune import RenderConfig, find_percentile_error, make_renderer
from maskgan_studio.engine.cpu_renderer import CpuRenderer
from maskgan_studio.engine.cuda_renderer import CudaRenderer, DeviceProgram
from maskgan_studio.engine.device import choose_device
from maskgan_studio.engine.renderer import PlainRenderer
from maskgan_studio.engine.requests import RenderCancelled
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import array_digest
from maskgan_studio.engine.tensors import image_to_tensor, resize_labels, tensor_to_image
from maskgan_studio.errors import StudioError
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.initialisation import initialise_alive
from maskgan_studio.weights import find_set

CPU = torch.device("cpu")


def random_mask(seed: int) -> np.ndarray:
    """Random blocks of labels, 512 x 512."""
    blocks = np.random.default_rng(seed).integers(0, 19, (32, 32), dtype=np.uint8)
    return np.kron(blocks, np.ones((16, 16), np.uint8))


def random_crop(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (512, 512, 3), dtype=np.uint8)


@pytest.fixture
def network(tiny_set):
    return find_set(tiny_set).load("dmn")


@pytest.fixture
def noisy_network() -> DenseMappingNetwork:
    """With noise in the up-path, strong enough to be seen, and a blur."""
    torch.manual_seed(1)
    options = {"style_in_decoder": True, "noise_in_decoder": True, "blur_upsampling": True}
    network = DenseMappingNetwork(width=4, downsamplings=4, blocks=1, style_width=4, **options).eval()
    initialise_alive(network)
    for noise in network.backbone.up_noise:
        torch.nn.init.normal_(noise.strength, std=0.1)
    return network


@torch.no_grad()
def whole_network(network, source: np.ndarray, target: np.ndarray, crop: np.ndarray) -> np.ndarray:
    planes = [one_hot(torch.from_numpy(mask)[None]) for mask in (source, target)]
    return tensor_to_image(network(*planes, image_to_tensor(crop, CPU))[0])


def largest_difference(a: np.ndarray, b: np.ndarray) -> int:
    return np.abs(a.astype(int) - b.astype(int)).max()


@pytest.mark.parametrize("make", [lambda network: PlainRenderer(network, CPU), CpuRenderer])
@pytest.mark.parametrize("source", [random_mask(2), draw_sample_mask()])
def test_result_is_the_whole_networks_result(network, make, source):
    crop, target = random_crop(0), random_mask(1)
    expected = whole_network(network, source, target, crop)
    renderer = make(network)
    image = renderer.render(source, renderer.encode_style(crop, target, "key"))
    assert image.dtype == np.uint8 and image.shape == (512, 512, 3)
    assert largest_difference(image, expected) <= 1


@pytest.mark.parametrize("make", [lambda network: PlainRenderer(network, CPU), CpuRenderer])
def test_noise_and_blur_are_those_of_the_whole_network(noisy_network, make):
    crop, target, source = random_crop(0), random_mask(1), draw_sample_mask()
    expected = whole_network(noisy_network, source, target, crop)
    renderer = make(noisy_network)
    style = renderer.encode_style(crop, target, "key")
    assert largest_difference(renderer.render(source, style), expected) <= 1
    np.testing.assert_array_equal(renderer.render(source, style, 256), renderer.render(source, style, 256))


@pytest.mark.parametrize("window", [(192, 160, 222, 286), (0, 450, 90, 512), (200, 101, 331, 240)])
def test_a_window_has_the_noise_of_its_place(noisy_network, window):
    renderer, (top, left, bottom, right) = CpuRenderer(noisy_network), window
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    whole = renderer.render(draw_sample_mask(), style)
    piece = np.s_[top:bottom, left:right]
    drawn = renderer.render_window(draw_sample_mask(), style, piece, array_digest(draw_sample_mask()))
    assert largest_difference(drawn, whole[piece]) <= 1


@pytest.mark.parametrize("window", [(0, 0, 512, 512), (0, 450, 90, 512), (200, 101, 331, 240), (470, 0, 512, 70)])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_window_of_an_image_is_a_piece_of_it(network, window, precision):
    renderer, (top, left, bottom, right) = CpuRenderer(network, precision), window
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    piece = np.s_[top:bottom, left:right]
    origin = array_digest(draw_sample_mask())
    assert renderer.render_window(draw_sample_mask(), style, piece, origin) is None  # amid what?
    whole = renderer.render(draw_sample_mask(), style)
    drawn = renderer.render_window(draw_sample_mask(), style, piece, origin)
    assert largest_difference(drawn, whole[piece]) <= (1 if precision == "float32" else 5)  # of random weights


@pytest.mark.parametrize("window", [(0, 0, 256, 256), (0, 225, 45, 256), (100, 51, 165, 120)])
def test_a_window_of_an_image_at_half_the_size_is_a_piece_of_that(network, window):
    renderer, (top, left, bottom, right) = CpuRenderer(network), window
    style, mask = renderer.encode_style(random_crop(0), random_mask(1), "key"), draw_sample_mask()
    piece, origin = np.s_[top:bottom, left:right], array_digest(resize_labels(mask, 256))
    renderer.render(mask, style, 256)
    assert renderer.render_window(mask, style, piece, origin, size=256) is None  # nobody asked to keep them
    whole = renderer.render(mask, style, 256, keep_features=True)
    assert largest_difference(renderer.render_window(mask, style, piece, origin, size=256), whole[piece]) <= 1


def test_after_an_edit_a_window_shows_what_the_whole_image_would(network):
    renderer = CpuRenderer(network)
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    edited, place, around = draw_sample_mask(), np.s_[200:230, 150:240], np.s_[170:260, 120:270]
    before = renderer.render(edited, style)
    origin = array_digest(edited)
    edited[place] = 13
    drawn = renderer.render_window(edited, style, around, origin).astype(int)
    after = renderer.render(edited, style)
    missing = np.abs(drawn - after[around]).mean()
    assert missing < 0.25 * np.abs(before[around].astype(int) - after[around]).mean()


@pytest.mark.parametrize("asked", [0, 1, 5])
def test_a_picture_that_nobody_wants_is_given_up_and_the_next_is_whole(network, asked):
    renderer = CpuRenderer(network)
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    before = renderer.render(random_mask(2), style)
    answers = iter([True] * asked)
    with pytest.raises(RenderCancelled):
        renderer.render(random_mask(3), style, should_continue=lambda: next(answers, False))
    np.testing.assert_array_equal(renderer.render(random_mask(2), style), before)


def test_a_network_without_style_in_the_decoder_is_rendered_too(shared_data):
    from maskgan_studio.weights import load_authors_checkpoint

    network = load_authors_checkpoint(shared_data / "official-parity" / "latest_net_G.pth", "dmn")
    expected = whole_network(network, random_mask(2), draw_sample_mask(), draw_sample_crop())
    renderer = CpuRenderer(network)
    image = renderer.render(random_mask(2), renderer.encode_style(draw_sample_crop(), draw_sample_mask(), "key"))
    assert largest_difference(image, expected) <= 1


def test_bfloat16_stays_near_float32(network):
    exact, rough = (CpuRenderer(copy.deepcopy(network), precision) for precision in ("float32", "bfloat16"))
    style = exact.encode_style(draw_sample_crop(), draw_sample_mask(), "key")
    images = [renderer.render(draw_sample_mask(), style) for renderer in (exact, rough)]
    assert 0 < find_percentile_error(*images) < 12  # random weights; a real network is measured before it is used


@pytest.mark.parametrize("kind", ["network", "noisy_network"])
def test_the_device_program_gives_the_same_picture(kind, request):
    """What a CUDA device records, run on the CPU."""
    network = request.getfixturevalue(kind)
    plain = PlainRenderer(copy.deepcopy(network), CPU)
    style = plain.encode_style(draw_sample_crop(), draw_sample_mask(), "key")
    expected = plain.render(random_mask(3), style, 256)
    program = DeviceProgram(network, CPU, torch.float32)
    with torch.inference_mode():
        image = program(torch.from_numpy(resize_labels(random_mask(3), 256)), style.vector).numpy()
    assert largest_difference(image, expected) <= 1


class OperationLog(TorchDispatchMode):
    """Collects the names of the operations that run."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.names.add(str(function))
        return function(*args, **(kwargs or {}))


@pytest.mark.parametrize("kind", ["network", "noisy_network"])
def test_the_device_program_makes_no_tensor_of_numbers_of_its_own(kind, request):
    """They would be copied to the device, which cannot be done while a graph is recorded."""
    network = request.getfixturevalue(kind)
    program = DeviceProgram(network, CPU, torch.float32)
    labels, style = torch.from_numpy(resize_labels(random_mask(3), 256)), torch.zeros(1, network.style_size)
    with torch.no_grad():
        program(labels, style)
        with OperationLog() as log:
            program(labels, style)
    assert "aten.convolution.default" in log.names
    assert not {name for name in log.names if "lift" in name or "scalar_tensor" in name}


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize("precision", ["float32", "float16", "bfloat16"])
@pytest.mark.parametrize("kind", ["network", "noisy_network"])
def test_recorded_graphs_follow_mask_style_and_size(kind, precision, request):
    network = request.getfixturevalue(kind)
    device = torch.device("cuda")
    exact, fast = PlainRenderer(copy.deepcopy(network), device), CudaRenderer(network, device, precision)
    styles = [exact.encode_style(random_crop(seed), random_mask(seed), str(seed)) for seed in (0, 1)]
    for style in styles:
        for mask in (draw_sample_mask(), random_mask(4)):
            for size in (512, 256, 512):
                images = [renderer.render(mask, style, size) for renderer in (exact, fast)]
                assert find_percentile_error(*images) <= (1 if precision == "float32" else 12)


def test_a_fast_renderer_releases_the_weights_it_has_arranged(network):
    backbone = network.backbone
    CpuRenderer(network)
    assert sum(parameter.numel() for name, parameter in backbone.named_parameters() if "weight" in name) == 0


def test_the_style_decides_the_look(network):
    renderer = CpuRenderer(network)
    mask = random_mask(2)
    dark = renderer.encode_style(np.zeros((512, 512, 3), np.uint8), mask, "dark")
    light = renderer.encode_style(np.full((512, 512, 3), 255, np.uint8), mask, "light")
    assert not np.array_equal(renderer.render(mask, dark), renderer.render(mask, light))


def test_a_mixed_style_goes_from_one_to_the_other(network):
    renderer = CpuRenderer(network)
    mask = random_mask(2)
    one, other = (renderer.encode_style(random_crop(seed), mask, str(seed)) for seed in (0, 1))
    half = one.mixed(other, 0.5, "half")
    torch.testing.assert_close(half.vector, (one.vector + other.vector) / 2)
    torch.testing.assert_close(one.mixed(other, 1.0, "end").vector, other.vector)
    assert half.key == "half"


def test_a_preview_has_the_size_asked_for(network):
    renderer = CpuRenderer(network)
    style = renderer.encode_style(random_crop(0), random_mask(1), "key")
    assert renderer.render(random_mask(2), style, 256).shape == (256, 256, 3)


def test_shrinking_a_mask_keeps_labels_only():
    mask = random_mask(3)
    small = resize_labels(mask, 128)
    assert small.shape == (128, 128)
    np.testing.assert_array_equal(np.kron(small, np.ones((4, 4), np.uint8)), mask)


def test_pixels_survive_the_way_to_the_network_and_back():
    image = random_crop(5)
    np.testing.assert_array_equal(tensor_to_image(image_to_tensor(image, CPU)[0]), image)


def test_devices_are_chosen_or_refused_in_one_sentence():
    assert choose_device("cpu") == CPU
    assert choose_device("auto").type in {"cpu", "cuda", "mps"}
    for name in ("toaster", "cuda:99", "meta"):
        with pytest.raises(StudioError):
            choose_device(name)


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ({"fusion": "concat"}, CpuRenderer),
        ({"fusion": "none"}, CpuRenderer),
        ({"fusion": "none", "generator": "spade"}, PlainRenderer),
    ],
)
def test_baselines_and_ablations_render_as_well(form, kind):
    """By the fast way where only the encoder differs, by the plain one for a generator that it does not know."""
    torch.manual_seed(3)
    network = DenseMappingNetwork(width=4, downsamplings=4, blocks=1, style_width=4, **form).eval()
    initialise_alive(network)
    crop, target, source = random_crop(0), random_mask(1), draw_sample_mask()
    expected = whole_network(network, source, target, crop)
    renderer = make_renderer(network, CPU, RenderConfig("float32", 0, 256, 0.0))
    assert type(renderer) is kind
    assert largest_difference(renderer.render(source, renderer.encode_style(crop, target, "key")), expected) <= 1
