#pragma once

#include <memory>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "jobs/job.hpp"

namespace attest::jobs {

/// Who runs the parts of jobs.
class Executor {
  public:
    virtual ~Executor() = default;

    /// Has these parts of the job run; `runs` names what was begun. Comes back at once where somebody else sees to that, and
    /// has the joining run once all have ended in whatever way; else when they are done.
    /// Throws  InputError if that is refused, with the scheduler's own words
    virtual void submit(Job& job, const std::vector<std::size_t>& parts, const base::Limits& limits) = 0;
    /// Whether anything of the job may still be waiting or running.
    virtual bool is_alive(const Job& job) = 0;
};

/// `local`: processes of this machine; `slurm`.
/// Throws  UsageError for another name, or where the machine has none
std::unique_ptr<Executor> make_executor(const std::string& name);

std::unique_ptr<Executor> make_local();
std::unique_ptr<Executor> make_slurm();

}  // namespace attest::jobs
