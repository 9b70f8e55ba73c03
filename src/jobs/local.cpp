#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/parallel.hpp"
#include "base/process.hpp"
#include "jobs/executor.hpp"

namespace attest::jobs {

namespace {

/// What a part said is of no further use, so a folder that takes no more is no reason to stop.
void keep_log(const Job& job, std::size_t part, const base::ProcessResult& result) {
    try {
        write_over(fmt::format("{}/log/part-{}.log", job.folder, part), result.out + result.err);
    } catch (const base::InputError&) {
    }
}

class Local : public Executor {
  public:
    void submit(Job& job, const std::vector<std::size_t>& parts, const base::Limits& limits) override {
        const base::ProcessSettings settings{.interrupted = limits.interrupted};
        base::in_parallel(job.wanted.threads, parts.size(), [&](std::size_t k) {
            if (!limits.exceeded())
                keep_log(job, parts[k],
                         base::run_process({"/bin/sh", part_script(job), std::to_string(parts[k])}, settings));
        });
    }

    bool is_alive(const Job&) override { return false; }
};

}  // namespace

std::unique_ptr<Executor> make_local() { return std::make_unique<Local>(); }

}  // namespace attest::jobs
