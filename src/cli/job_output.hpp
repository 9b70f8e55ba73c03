#pragma once

#include <string>

#include "jobs/job.hpp"
#include "record/jobs.hpp"

namespace attest::cli {

/// The command of a job as a user types it, fit for a line.
std::string job_line(const jobs::Job& job);
/// state  if parts are missing: `running` or `stopped`
record::Jobs::Job job_record(const jobs::Job& job, const std::string& state);

}  // namespace attest::cli
