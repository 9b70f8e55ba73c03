#include "task_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "attest/base/error.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/certify/task.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "lengths.hpp"
#include "record/task.hpp"
#include "task_output.hpp"

namespace attest::cli {

namespace {

using certify::Performance;

void keep(const Session& session, certify::Archive& archive, const std::vector<Performance>& results) {
    if (!archive.keeps()) return;
    std::vector<std::string> parts;
    for (const Performance& p : results) parts.push_back(results.size() > 1 ? certify::part_of_length(p.length) : "");
    if (!archive.finish(parts)) session.note("no certificate: nothing was decided with evidence");
}

int status(const std::vector<Performance>& results) {
    const auto any = [&](auto is) { return std::any_of(results.begin(), results.end(), is); };
    if (any([](const Performance& p) { return p.verdict.fails(); })) return refuted;
    return any([](const Performance& p) { return p.verdict.is_undecided(); }) ? undecided : success;
}

task::Method method_of(const std::string& text) {
    if (text == "automatic") return task::Method::automatic;
    if (text == "exhaustion") return task::Method::words;
    if (text == "prefixes") return task::Method::prefixes;
    if (text == "circuit") return task::Method::circuit;
    throw base::UsageError(fmt::format(
        "--method: expected automatic, exhaustion, prefixes or circuit, by which tasks are decided, found '{}'",
        base::printable(text)));
}

}  // namespace

int TaskCommand::run(Session& session, const formats::NetworkFile& file) const {
    const auto* program = std::get_if<formats::ProgramFile>(&file);
    if (program == nullptr) throw base::UsageError("--task: expected a program (attest/program), found another model");
    const auto start = std::chrono::steady_clock::now();
    const language::Task asked_task = language::Task::parse(task, program->program.alphabet);
    const std::vector<std::int64_t> all = parse_lengths(lengths, "--length");
    for (const std::int64_t n : all) (void)program->program.sequence_length(n);
    task::Options options;
    options.method = method_of(method);
    options.back_end = logic::parse_back_end(session.options.solver);
    options.seed = session.options.seed;
    options.count = counts;
    options.shown = shown;
    certify::Archive archive(directory);
    std::vector<Performance> results;
    const TaskAsked asked{program->program.name, program->program.alphabet, task, counts};
    const auto show = [&] {
        const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - start;
        session.print(task_text(asked, results, clock.count()));
        if (results.size() == 1 && results.front().verdict.kept())
            session.print(
                fmt::format("  certificate {} (manifest {})\n", *directory, results.front().verdict.digest()));
        session.print_json(record::write(record::task(program->program, task, counts, results)));
    };
    for (const std::int64_t n : all) {
        options.progress = [&](const std::string& what) { session.progress(fmt::format("length {}: {}", n, what)); };
        results.push_back(certify::perform({*program, asked_task}, n, options, session.limits(), archive,
                                           all.size() == 1 ? "" : certify::part_of_length(n)));
        session.draft(show);
    }
    keep(session, archive, results);
    show();
    return status(results);
}

}  // namespace attest::cli
