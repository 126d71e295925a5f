#!/bin/bash
# Training on several machines under SLURM: torchrun on each of them, training through Lightning Fabric in all.
#   sbatch --nodes 4 --gpus-per-node 8 packaging/cluster/train.slurm.sh dmn --data 'shards/{000000..000255}.tar' \
#       --recipe paper --perceptual vgg19.safetensors --out runs/paper
# The words after the script are those of `maskgan-studio train`. Data and --out lie where all machines see them.
# A process that dies is started again with all the others, from the last checkpoint; a job that SLURM takes its
# machines from is queued again, and goes on likewise.
#SBATCH --job-name=maskgan-studio
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --gpus-per-node=1
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail

first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
# Without it restarted processes meet the addresses of those before them, and wait for ever (PyTorch 2.13).
export TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1

srun --kill-on-bad-exit=1 python -m torch.distributed.run \
    --nnodes "$SLURM_JOB_NUM_NODES" \
    --nproc-per-node "${SLURM_GPUS_ON_NODE:-1}" \
    --rdzv-id "$SLURM_JOB_ID" \
    --rdzv-backend c10d \
    --rdzv-endpoint "$first:29500" \
    --max-restarts 10 \
    -m maskgan_studio train "$@" --resume
