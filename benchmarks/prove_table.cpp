#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "attention_smt.hpp"
#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "program.hpp"
#include "stages.hpp"
#include "tables.hpp"

namespace attest::benchmarks {

namespace {

struct Pair {
    const char* model;
    const char* language;
};
constexpr Pair pairs[] = {{"palindrome", "palindrome"},
                          {"dyck-2-depth-3", "dyck:2,3"},
                          {"alternating", "regex:(01)*"},
                          {"contains-11", "contains:11"}};
/// The small lengths show where rivals give up.
constexpr std::int64_t lengths[] = {2, 4, 8, 12, 16, 32, 64, 128};
constexpr double our_limit_factor = 4;  // we are given more time than rivals, so that rows have a number

/// What a rival took; nothing: more than the limit.
using Time = std::optional<double>;

std::string path(const Settings& settings, const char* name) { return settings.directory + "/" + name; }

/// A rival that is not asked again once it has passed the limit at a smaller length.
class Rival {
  public:
    using Question = std::function<Run(const Subject&, std::int64_t)>;
    explicit Rival(Question ask, std::string expected) : ask_(std::move(ask)), expected_(std::move(expected)) {}

    Time time(const Subject& subject, std::int64_t length) {
        if (gave_up_) return std::nullopt;
        const Run run = ask_(subject, length);
        const bool says_so =
            run.output.find("unknown") != std::string::npos || run.output.find("UNDECIDED") != std::string::npos;
        gave_up_ = run.late || says_so;
        if (gave_up_) return std::nullopt;
        if (run.output.find(expected_) == std::string::npos)
            throw base::InternalError(
                fmt::format("{} at length {}: expected '{}', found: {}", subject.name, length, expected_, run.output));
        last_ = length;
        return run.seconds;
    }
    std::int64_t last() const { return last_; }

  private:
    Question ask_;
    std::string expected_;
    bool gave_up_ = false;
    std::int64_t last_ = 0;
};

Run ask_z3(const Settings& settings, const Subject& subject, std::int64_t length) {
    const std::string file = path(settings, "question.smt2");
    base::write_file(file, attention_smt(subject, length));
    return run_program({"z3", file}, settings.limit);
}

Run ask_abc(const Settings& settings, const Subject& subject, std::int64_t length, const std::string& command) {
    write_aiger_pair(subject, length, path(settings, "model.aig"), path(settings, "language.aig"));
    const std::string script =
        fmt::format(fmt::runtime(command), path(settings, "model.aig"), path(settings, "language.aig"));
    return run_program({"berkeley-abc", "-q", script}, settings.limit);
}

Run ask_evaluator(const Settings& settings, const Subject& subject, const Pair& pair, std::int64_t length) {
    return measure_stage({"exhaustion", subject.name, pair.language, length, settings.seed, {}}, settings.limit).run;
}

/// Before its time counts, a rival must find a difference where there is one.
void distrust(const Settings& settings) {
    const Subject wrong("palindrome", "contains:11");
    if (has_program("z3") && !ask_z3(settings, wrong, 4).output.starts_with("sat"))
        throw base::InternalError("z3 sees no difference where there is one");
    if (has_program("berkeley-abc") &&
        ask_abc(settings, wrong, 4, "cec -C 1000000000 {} {}").output.find("NOT EQUIVALENT") == std::string::npos)
        throw base::InternalError("berkeley-abc sees no difference where there is one");
}

Cell rival_time(const Time& time, double limit) { return time ? seconds(*time) : more_than(limit); }
/// Nothing can be said where a rival was given less than we took.
Cell rival_ratio(const Time& time, double limit, double ours) {
    if (time) return ratio(*time / ours);
    return limit > ours ? more_than_times(limit / ours) : none();
}

class Comparison {
  public:
    Comparison(Table& table, const Settings& settings, const Pair& pair)
        : table_(table), settings_(settings), pair_(pair), subject_(pair.model, pair.language) {
        const auto rival = [&](bool there, Rival::Question ask, const char* expected) {
            rivals_.push_back(there ? std::optional<Rival>(Rival(std::move(ask), expected)) : std::nullopt);
        };
        const bool abc = has_program("berkeley-abc");
        rival(
            has_program("z3"), [&s = settings](const Subject& x, std::int64_t n) { return ask_z3(s, x, n); }, "unsat");
        rival(
            true, [&s = settings, pair](const Subject& x, std::int64_t n) { return ask_evaluator(s, x, pair, n); },
            "verified");
        rival(
            abc,
            [&s = settings](const Subject& x, std::int64_t n) { return ask_abc(s, x, n, "cec -C 1000000000 {} {}"); },
            "are equivalent");
        rival(
            abc,
            [&s = settings](const Subject& x, std::int64_t n) {
                return ask_abc(s, x, n, "&r {}; &cec -C 1000000000 {}");
            },
            "are equivalent");
    }

    void compare() {
        for (const std::int64_t n : lengths) row(n);
        std::string line =
            fmt::format("{}: greatest N tried that was decided within {:g} s:", subject_.name, settings_.limit);
        constexpr const char* names[] = {"z3", "exhaustion", "abc cec", "abc &cec"};
        for (std::size_t r = 0; r < rivals_.size(); ++r)
            if (rivals_[r]) line += fmt::format(" {} {},", names[r], rivals_[r]->last());
        table_.note(line + fmt::format(" attest {} (within {:g} s)", last_, our_limit()));
    }

  private:
    double our_limit() const { return our_limit_factor * settings_.limit; }

    void row(std::int64_t n) {
        const base::DirectoryInProgress scratch;
        std::optional<StageResult> ours;
        if (!gave_up_)
            ours =
                measure_stage({"prove", subject_.name, pair_.language, n, settings_.seed, scratch.path()}, our_limit());
        gave_up_ = !ours || !ours->done();
        const bool decided = !gave_up_;
        const double total = decided ? ours->run.seconds : 0;
        if (decided) last_ = n;
        std::vector<Cell> cells{text(pair_.model), count(static_cast<std::size_t>(n)),
                                decided ? seconds(total) : more_than(our_limit())};
        for (const char* stage : {"compile", "solve", "elaborate", "write", "check"})
            cells.push_back(decided ? seconds(ours->at(stage)) : none());
        cells.push_back(decided ? bytes(ours->found.at("proof_bytes")) : none());
        cells.push_back(decided ? bytes(ours->found.at("peak_bytes")) : none());
        for (auto& rival : rivals_) {
            const Time time = rival ? rival->time(subject_, n) : std::nullopt;
            cells.push_back(rival ? rival_time(time, settings_.limit) : none());
            cells.push_back(rival && decided ? rival_ratio(time, settings_.limit, total) : none());
        }
        table_.add(std::move(cells));
    }

    Table& table_;
    const Settings& settings_;
    Pair pair_;
    Subject subject_;
    std::vector<std::optional<Rival>> rivals_;
    bool gave_up_ = false;
    std::int64_t last_ = 0;
};

}  // namespace

Table prove_table(const Settings& settings) {
    Table table("prove",
                "certificate written and checked, against rivals that give a bare answer; ratio: rival / attest",
                {"model", "N", "attest", "compile", "solve", "elaborate", "write", "check", "proof", "memory", "z3",
                 "ratio z3", "exhaustion", "ratio exh", "abc cec", "ratio cec", "abc &cec", "ratio &cec"});
    table.begin();
    distrust(settings);
    for (const Pair& pair : pairs) Comparison(table, settings, pair).compare();
    return table;
}

}  // namespace attest::benchmarks
