#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::jobs {

/// What a scheduler is asked to give each part.
struct Wanted {
    std::string partition, time;   ///< as sbatch reads them; empty: its default
    std::uint64_t memory_mib = 0;  ///< 0: its default
    unsigned threads = 1;          ///< processors of a part; of this machine, parts at a time
};

/// A command whose units are worked on in parts, by processes that see one folder.
struct Job {
    std::string folder;              ///< absolute
    std::string directory;           ///< to run the command in
    std::string program;             ///< its path
    std::vector<std::string> words;  ///< after it, without those that say where it runs
    std::string on;                  ///< the executor
    std::size_t units = 0, parts = 0;
    Wanted wanted;
    std::vector<std::string> runs;  ///< that the scheduler named when it was last asked; the joining last
};

/// What the joining left.
struct Answer {
    int status = 0;
    std::string out, err;
};

bool is_job(const std::string& folder);
/// Throws  InputError if the folder holds no job
Job read_job(const std::string& folder);
/// Writes `job.json`, and the scripts of parts and joining.
void write_job(const Job& job);

/// Units that have a record.
std::size_t recorded(const Job& job);
/// Parts of which some unit has no record, from 1, ascending.
std::vector<std::size_t> missing_parts(const Job& job);
/// The answer of the last joining; nothing before.
std::optional<Answer> answer(const Job& job);
/// Takes it away.
void forget_answer(const Job& job);

/// The scripts, by their paths.
std::string part_script(const Job& job);
std::string join_script(const Job& job);

}  // namespace attest::jobs
