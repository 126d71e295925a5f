#!/bin/bash
# A batch on several machines under SLURM: a Ray cluster for as long as the job lasts.
#   sbatch --nodes 8 packaging/cluster/batch.slurm.sh parse photos -o masks
# The words after the script are those of `maskgan-studio`; photos and results lie where all machines see them. Machines
# that are lost give their work back, and the same command goes on where a batch was interrupted. Where Ray is not
# installed, an array job does the same with shares of the list:
#   sbatch --array=1-32 --wrap 'maskgan-studio parse photos -o masks --shard $SLURM_ARRAY_TASK_ID/32'
#SBATCH --job-name=maskgan-studio-batch
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=8
#SBATCH --time=08:00:00
set -euo pipefail

first=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
address="$first:6379"
export RAY_USAGE_STATS_ENABLED=0

srun --nodes 1 --ntasks 1 --nodelist "$first" \
    ray start --head --port 6379 --num-cpus "$SLURM_CPUS_PER_TASK" --block &
until ray health-check --address "$address" >/dev/null 2>&1; do sleep 2; done
others=$((SLURM_JOB_NUM_NODES - 1))
if [ "$others" -gt 0 ]; then
    # A machine that is lost must not end the others' work.
    srun --nodes "$others" --ntasks "$others" --exclude "$first" --kill-on-bad-exit=0 \
        ray start --address "$address" --num-cpus "$SLURM_CPUS_PER_TASK" --block &
fi

maskgan-studio "$@" --cluster "$address"
