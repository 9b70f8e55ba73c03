#include "placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "attest/base/error.hpp"
#include "base/command_line.hpp"
#include "base/process.hpp"
#include "base/records.hpp"
#include "base/text.hpp"
#include "job_output.hpp"
#include "jobs/executor.hpp"
#include "number.hpp"
#include "record/jobs.hpp"

namespace attest::cli {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto look_at_answer = 100ms;
constexpr int looks_between_questions = 20;  ///< to the scheduler, which has more to do

/// Whether the joining has ended, or nobody works on the job any more.
bool wait(Session& session, jobs::Executor& executor, const jobs::Job& job, const base::Limits& limits) {
    bool is_alive = executor.is_alive(job);
    for (int looks = 0; !limits.exceeded(); ++looks) {
        if (jobs::has_answer(job) || !is_alive) return true;
        if (looks % looks_between_questions == looks_between_questions - 1) {
            is_alive = executor.is_alive(job);
            session.progress(fmt::format("{} of {} units recorded in {}", jobs::recorded(job), job.units, job.folder));
        }
        std::this_thread::sleep_for(look_at_answer);
    }
    return false;
}

}  // namespace

void Placement::declare(CLI::App& app, const std::string& unit) {
    CLI::Option* on =
        app.add_option("--on", on_,
                       fmt::format("Where {} are worked on: threads (default), local (processes), slurm; needs "
                                   "--journal DIR, which all of them see. By hand: part:K/P, join",
                                   unit))
            ->type_name("WHERE");
    app.add_option("--parts", parts_, "With --on: how many jobs share the work (default: one a unit, 1000 at most)")
        ->transform(within<std::size_t>(1, 1'000'000))
        ->type_name("P")
        ->needs(on);
    app.add_option("--partition", wanted_.partition, "With --on slurm: sbatch's --partition")
        ->type_name("NAME")
        ->needs(on);
    app.add_option("--time", wanted_.time, "With --on slurm: sbatch's --time for each part, such as 4:00:00")
        ->type_name("TIME")
        ->needs(on);
    app.add_flag("--no-wait", no_wait_, "With --on slurm: submit, and do not wait for the answer")->needs(on);
}

void Placement::refuse_what_others_read() const {
    if (on_ == "slurm") return;
    if (!wanted_.partition.empty() || !wanted_.time.empty() || no_wait_)
        throw base::UsageError("--partition, --time, --no-wait: expected --on slurm, found --on " + on_);
}

std::optional<int> Placement::elsewhere(Session& session, const Splittable& search) {
    refuse_what_others_read();
    if (!is_asked()) return std::nullopt;
    if (search.journal.empty())
        throw base::UsageError("--on: expected --journal DIR with it, a folder that all parts see");
    if (fs::exists(search.journal) && !fs::is_directory(search.journal))
        throw base::InputError(search.journal, "a folder that all parts see", "a file");
    if (const auto share = jobs::parse_share(on_)) {
        if (share->part > 0 && session.options.json)
            throw base::UsageError("--json: expected without --on part:K/P, whose output is a line for people");
        share_ = *share;
        std::error_code error;
        fs::create_directories(search.journal, error);
        if (error) throw base::InputError(search.journal, "cannot be made: " + error.message());
        return std::nullopt;
    }
    if (on_ != "local" && on_ != "slurm")
        throw base::UsageError(
            fmt::format("--on: expected threads, local, slurm, part:K/P with K from 1 to P, or join, found '{}'",
                        base::printable(on_)));
    jobs::Job job = made(session, search);
    if (jobs::is_job(search.journal)) {
        // Of what anybody may have written there, only what a scheduler can be asked about is of use.
        const jobs::Job earlier = jobs::read_job(search.journal);
        if (earlier.words != job.words)
            throw base::InputError(search.journal, "a folder of its own", "the job " + job_line(earlier));
        if (earlier.on == job.on) job.runs = earlier.runs;
    } else if (fs::exists(search.journal) && !fs::is_empty(search.journal)) {
        throw base::InputError(search.journal, "a folder of its own, empty or not there",
                               "one that holds other things");
    }
    if (const auto status = make_missing(session, std::move(job), !no_wait_)) return status;
    share_ = {0, 1};  // joined here: then records are compared with the question of this run, and certificates checked
    return std::nullopt;
}

jobs::Job Placement::made(const Session& session, const Splittable& search) const {
    constexpr std::size_t most_parts = 1000;
    jobs::Job job;
    job.folder = fs::absolute(search.journal).lexically_normal().string();
    while (job.folder.size() > 1 && job.folder.back() == '/') job.folder.pop_back();
    job.directory = fs::current_path().string();
    job.program = base::own_path();
    std::vector<std::string> values{"--on", "--partition", "--time"};
    if (!search.times_parts) values.emplace_back("--timeout");                 // it bounds the waiting
    if (on_ == "local") values.insert(values.end(), {"--threads", "--jobs"});  // it says how many parts at a time
    job.words = base::without_options(session.words, {"--no-wait"}, values);
    job.on = on_;
    job.units = search.units;
    job.parts = std::min(search.units, parts_ > 0 ? parts_ : most_parts);
    job.wanted = wanted_;
    job.wanted.memory_mib = session.options.memory_mib;
    job.wanted.threads = search.threads;
    return job;
}

int Placement::end_of_part(Session& session, const Splittable& search, bool is_decided) const {
    const std::vector<std::size_t> recorded = base::recorded_units(search.journal);
    std::size_t own = 0, done = 0;
    for (std::size_t unit = 0; unit < search.units; ++unit) {
        if (!share_.has(unit)) continue;
        ++own;
        done += std::binary_search(recorded.begin(), recorded.end(), unit) ? 1 : 0;
    }
    session.print(fmt::format("PART {} of {}: {} of {} units recorded in {}{}\n", share_.part, share_.parts, done, own,
                              base::printable(search.journal), is_decided ? "; the question is decided" : ""));
    return is_decided || done == own ? success : undecided;
}

std::optional<int> make_missing(Session& session, jobs::Job job, bool wait_for_it) {
    const std::vector<std::size_t> missing = jobs::missing_parts(job);
    if (missing.empty()) return std::nullopt;
    const auto executor = jobs::make_executor(job.on);
    const base::Limits limits = session.limits();
    if (job.runs.empty() || !executor->is_alive(job)) {
        jobs::forget_answer(job);
        jobs::write_job(job);
        session.progress(fmt::format("{} parts on {}", missing.size(), job.on));
        executor->submit(job, missing, limits);
        if (!job.runs.empty())
            session.note(fmt::format("submitted {} parts and the joining as {} to {}; attest jobs show {}",
                                     missing.size(), fmt::join(job.runs, ", "), job.on, job.folder));
    }
    if (!wait_for_it) return show_state(session, job, "submitted");
    if (wait(session, *executor, job, limits)) return std::nullopt;
    return show_state(session, job,
                      job.on == "local" ? "the parts were ended" : "nobody waits any longer, parts go on");
}

int show_state(Session& session, const jobs::Job& job, const std::string& why) {
    record::Jobs record;
    record.job = job_record(job, "running");
    session.print(fmt::format("UNDECIDED {}: {} of {} units recorded; attest jobs show {}\n", why, record.job->recorded,
                              job.units, base::shell_word(job.folder)));
    session.print_json(record::write(record));
    return undecided;
}

}  // namespace attest::cli
