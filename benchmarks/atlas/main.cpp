#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/command_line.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "jobs/executor.hpp"
#include "lines.hpp"
#include "shares.hpp"

// Makes the atlas, or makes it again and compares: in one process, or in shares that others make.

namespace {

using namespace attest;

struct Part {
    const char* name;
    std::size_t letters, most_states;
};
constexpr Part parts[] = {{"2-letters.tsv", 2, 4}, {"3-letters.tsv", 3, 3}};

struct Asked {
    std::string folder, on, journal;
    bool compares = false;
    std::size_t most_states = 4, shares = 64;
    unsigned threads = 1;

    std::size_t most_of(const Part& part) const { return std::min(part.most_states, most_states); }
};

enum Status { right = 0, wrong = 1, bad_input = 2, undecided = 3 };

std::vector<atlas::Size> sizes(const Asked& asked) {
    std::vector<atlas::Size> all;
    for (const Part& part : parts)
        for (std::size_t states = 1; states <= asked.most_of(part); ++states) all.push_back({part.letters, states});
    return all;
}

std::vector<atlas::Line> made(const atlas::Size& size) {
    auto lines = atlas::lines_of(size.states, size.letters, [&](std::size_t count) {
        if (count % 64 < 8) fmt::print(stderr, "\r{} letters, {} states: {}   ", size.letters, size.states, count);
    });
    fmt::print(stderr, "\r{} letters, {} states: {}   \n", size.letters, size.states, lines.size());
    return lines;
}

/// All files, from the smallest automata on; what differs from what is known, or from what is there, is printed.
int write_or_compare(const Asked& asked, const std::optional<atlas::Shares>& shares) {
    bool is_right = true;
    for (const Part& part : parts) {
        std::string text = atlas::heading() + "\n";
        for (std::size_t states = 1; states <= asked.most_of(part); ++states) {
            const atlas::Size size{part.letters, states};
            const auto lines = shares ? shares->lines_of(size) : made(size);
            for (const std::string& sentence : atlas::against_oracles(lines, states, part.letters)) {
                fmt::print(stderr, "attest-atlas: {}\n", sentence);
                is_right = false;
            }
            for (const atlas::Line& line : lines) text += atlas::spell(line) + "\n";
        }
        const std::string path = (std::filesystem::path(asked.folder) / part.name).string();
        if (!asked.compares) base::write_file(path, text);
        else if (base::read_file(path) != text) {
            fmt::print(stderr, "attest-atlas: {}: the lines made now differ\n", path);
            is_right = false;
        }
    }
    return is_right ? right : wrong;
}

jobs::Job job_of(const Asked& asked, const std::vector<std::string>& words) {
    jobs::Job job;
    job.folder = std::filesystem::absolute(asked.journal).lexically_normal().string();
    while (job.folder.size() > 1 && job.folder.back() == '/') job.folder.pop_back();
    job.directory = std::filesystem::current_path().string();
    job.program = base::own_path();
    job.words = base::without_options(words, {}, {"--on", "--threads"});
    job.on = asked.on;
    job.units = job.parts = asked.shares;
    job.wanted.threads = asked.on == "local" ? asked.threads : 1;  // of this machine, shares at a time
    return job;
}

/// Has shares without a record made by others, and waits until they are, or nobody works on them any more.
void have_made(jobs::Job job) {
    using namespace std::chrono_literals;
    const auto executor = jobs::make_executor(job.on);
    if (jobs::is_job(job.folder)) {
        const jobs::Job earlier = jobs::read_job(job.folder);
        if (earlier.words != job.words)
            throw base::InputError(job.folder, "a folder of its own", "that of another job");
        if (earlier.on == job.on) job.runs = earlier.runs;
    }
    const std::vector<std::size_t> missing = jobs::missing_parts(job);
    if (missing.empty()) return;
    if (job.runs.empty() || !executor->is_alive(job)) {
        jobs::forget_answer(job);
        jobs::write_job(job);
        executor->submit(job, missing, {});
    }
    while (!jobs::has_answer(job) && executor->is_alive(job)) std::this_thread::sleep_for(1s);
}

int in_shares(const Asked& asked, const std::vector<std::string>& words) {
    if (asked.journal.empty())
        throw base::UsageError("--on: expected --journal DIR with it, a folder that all shares see");
    const std::optional<base::Share> own = jobs::parse_share(asked.on);
    if (!own) have_made(job_of(asked, words));
    std::error_code error;
    std::filesystem::create_directories(asked.journal, error);
    if (error) throw base::InputError(asked.journal, "cannot be made: " + error.message());
    std::optional<atlas::Shares> shares(std::in_place, asked.journal, sizes(asked), asked.shares);
    if (own && own->part > 0) {
        shares->make(*own);
        return right;
    }
    shares->replace_foreign();
    if (shares->missing() == 0) return write_or_compare(asked, shares);
    fmt::print(stderr, "attest-atlas: {} of {} shares have no record in {}\n", shares->missing(), asked.shares,
               asked.journal);
    return undecided;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The atlas: one line a minimal automaton.");
    Asked asked;
    app.add_option("FOLDER", asked.folder, "Where the atlas is")->required();
    CLI::App* check = app.add_subcommand("check", "Make all lines again and compare");
    check->fallthrough();
    app.add_option("--on", asked.on, "Who makes shares of it: local (processes), slurm; by hand: part:K/P, join");
    app.add_option("--journal", asked.journal, "With --on: the folder in which shares are kept");
    app.add_option("--shares", asked.shares, "With --on: of how many tasks it is made (default 64)")
        ->check(CLI::Range(1, 100'000));
    app.add_option("--threads", asked.threads, "With --on local: tasks at a time")->check(CLI::Range(1, 256));
    app.add_option("--most-states", asked.most_states, "Leave out larger automata")->check(CLI::Range(1, 4));
    CLI11_PARSE(app, argc, argv);
    asked.compares = check->parsed();
    try {
        return asked.on.empty() ? write_or_compare(asked, std::nullopt) : in_shares(asked, {argv + 1, argv + argc});
    } catch (const base::Error& error) {
        fmt::print(stderr, "attest-atlas: {}\n", base::printable(error.what()));
        return bad_input;
    }
}
