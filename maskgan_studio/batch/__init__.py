"""Many results of one kind: jobs, and where they are done: here, in several processes, or on a cluster."""

from maskgan_studio.batch.backends import Backend
from maskgan_studio.batch.jobs import Job, MakeWorker, Outcome, PhotoJob, is_done

__all__ = ["Backend", "Job", "MakeWorker", "Outcome", "PhotoJob", "is_done"]
