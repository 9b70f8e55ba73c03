#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"

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

bool is_job(const std::string& folder);
/// Throws  InputError if the folder holds no job
Job read_job(const std::string& folder);
/// Writes `job.json`, and the scripts of parts and joining, in place of whatever stands there.
void write_job(const Job& job);

/// Units that have a record.
std::size_t recorded(const Job& job);
/// Parts of which some unit has no record, from 1, ascending. A record behind all units is what decides the question whatever
/// the others come to: then none.
std::vector<std::size_t> missing_parts(const Job& job);
/// Whether the last joining has ended. What it said is for people: anybody may have written it.
bool has_answer(const Job& job);
/// Takes it away.
void forget_answer(const Job& job);
/// Writes a file of the folder, in place of a pipe or a link that stands there.
void write_over(const std::string& path, const std::string& text);

/// Which units `part:3/16` is, as scripts say it: those of the third of 16 parts; none of them for `join`. Nothing for another
/// word.
std::optional<base::Share> parse_share(const std::string& text);

/// The scripts, by their paths.
std::string part_script(const Job& job);
std::string join_script(const Job& job);

}  // namespace attest::jobs
