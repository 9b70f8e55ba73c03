#pragma once

#include <cstdint>

#include "attest/record/record.hpp"

namespace attest::record {

/// `attest jobs --json`, and what a command says of its own job where there is no answer yet: `jobs` of a list, `job` of one.
struct Jobs {
    struct Job {
        std::string folder;
        std::string asked;  ///< the command as a user types it
        std::string on;     ///< `slurm` or `local`
        std::string state;  ///< `running`, `complete`, `stopped`
        std::uint64_t units = 0, recorded = 0, parts = 0;
        std::vector<std::string> runs;  ///< the scheduler's names; the joining last

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("folder", self.folder);
            field.required("asked", self.asked);
            field.required("on", self.on);
            field.required("state", self.state);
            field.required("units", self.units);
            field.required("recorded", self.recorded);
            field.required("parts", self.parts);
            field.required("runs", self.runs);
        }
    };

    std::optional<std::vector<Job>> jobs;
    std::optional<Job> job;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "jobs");
        field.optional("jobs", self.jobs);
        field.optional("job", self.job);
    }
};

}  // namespace attest::record
