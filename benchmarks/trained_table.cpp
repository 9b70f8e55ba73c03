#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/soft/words.hpp"
#include "certify/limited_check.hpp"
#include "checker/checker.hpp"
#include "program.hpp"
#include "stage_clock.hpp"
#include "stages.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"
#include "trained_network.hpp"
#include "trained_stage.hpp"

// All words of a trained encoder or decoder: proved and checked, beside PyTorch with the same weights, which proves nothing.

namespace attest::benchmarks {

namespace {

struct Shape {
    std::size_t dimension, heads;
    bool decoder = false;

    const char* kind() const { return decoder ? "decoder" : "encoder"; }
};
constexpr Shape shapes[] = {{16, 2}, {64, 4}, {16, 2, true}, {64, 4, true}};

TrainedNetwork network_of(const Shape& shape, std::int64_t length, std::uint64_t seed) {
    return shape.decoder ? trained_decoder(shape.dimension, shape.heads, seed)
                         : trained_encoder(shape.dimension, shape.heads, length, seed);
}

/// A network with the language that it recognises: all words.
struct Trained {
    Trained(const Shape& shape, std::int64_t length, std::uint64_t seed)
        : network(network_of(shape, length, seed)),
          language(language::Language::parse("regex:.*", network.model.transformer.alphabet)) {}
    decide::Question at(std::int64_t length) const { return {network.model.transformer, language, {0, 1}, length}; }

    TrainedNetwork network;
    language::Language language;
};

decide::Outcome prove(const Trained& trained, std::int64_t length) {
    decide::Outcome outcome = decide::prove(trained.at(length), {}, limits_for(0));
    if (!outcome.holds()) throw base::InternalError("a network that accepts every word is not proved to");
    return outcome;
}

/// The greatest difference of logits beside the greatest of them, over the first words.
double disagreement(const network::Transformer& t, std::int64_t length, const std::vector<double>& theirs) {
    soft::WordScores scores(t, length);
    language::Word prefix(static_cast<std::size_t>(length - scores.free_symbols()), 0);
    double most = 0, difference = 0;
    const std::vector<exact::Interval>& ours = scores.scores(prefix);
    for (std::size_t k = 0; k < std::min(ours.size(), theirs.size()); ++k) {
        most = std::max(most, std::abs(theirs[k]));
        difference = std::max(difference, std::abs(theirs[k] - ours[k].middle()));
    }
    return difference / most;
}

/// Processor time of one run, as the rival's is measured: the first does not count, then all do that begin within so many
/// seconds.
///
/// run   what is measured; gives its seconds
double seconds_a_run(double seconds, const std::function<double()>& run) {
    run();
    double spent = 0;
    int runs = 0;
    for (; runs == 0 || spent < seconds; ++runs) spent += run();
    return spent / runs;
}

Cell rate(double per_second) { return number(per_second, 3); }

/// Words a second that the rival does, how many times as many we prove, prove and check, and the difference.
std::vector<Cell> beside(Table& table, const Settings& settings, const Trained& trained, std::int64_t length,
                         double proved, double checked) {
    const std::string path = settings.directory + "/trained.json";
    base::write_file(path, trained.network.checkpoint.dump());
    const Run rival = run_program(
        {"/usr/bin/python3", ATTEST_TRAINED_RIVAL, path, std::to_string(length), fmt::format("{}", settings.limit)},
        20 * settings.limit);
    const auto found = rival.finished && rival.status == 0 ? nlohmann::json::parse(rival.output)
                                                           : nlohmann::json{{"missing", rival.output}};
    if (found.contains("missing")) {
        table.note(fmt::format("no rival: {}", found.at("missing").get<std::string>()));
        return {none(), none(), none(), none(), none()};
    }
    const double theirs = found.at("rate");
    return {
        rate(theirs), text(fmt::format("{}, {}", found.at("way").get<std::string>(), found.at("batch").get<int>())),
        ratio(proved / theirs), checked > 0 ? ratio(checked / theirs) : none(),
        number(disagreement(trained.network.model.transformer, length, found.at("logits").get<std::vector<double>>()),
               2)};
}

void add_row(Table& table, const Shape& shape, std::int64_t length, const Settings& settings) {
    const Trained trained(shape, length, settings.seed);
    const auto words = static_cast<double>(std::size_t{1} << length);
    const double each = settings.limit / 8;  // as each way and batch of the rival
    const double proof = seconds_a_run(each, [&] { return best_of(1, [&] { (void)prove(trained, length); }); });
    const StageResult whole =
        measure_stage({"trained", fmt::format("{}-{}", shape.kind(), shape.dimension), std::to_string(shape.heads),
                       length, settings.seed, fmt::format("{}", each)},
                      8 * settings.limit);
    const double checked = whole.done() ? words / (whole.at("prove") + whole.at("check")) : 0;
    std::vector<Cell> cells = {text(shape.kind()),
                               count(shape.dimension),
                               count(static_cast<std::size_t>(length)),
                               count(static_cast<std::size_t>(words)),
                               seconds(proof),
                               rate(words / proof)};
    cells.push_back(whole.done() ? rate(checked) : more_than(8 * settings.limit));
    const std::vector<Cell> rival = beside(table, settings, trained, length, words / proof, checked);
    cells.insert(cells.end(), rival.begin(), rival.end());
    table.add(std::move(cells));
}

}  // namespace

namespace {

/// A certificate made, written and checked, as `prove` does that is not asked to keep it.
nlohmann::ordered_json check_once(const Trained& trained, std::int64_t length) {
    StageClock clock({"prove", "check"});
    clock.enter("prove");
    const decide::Outcome outcome = prove(trained, length);
    const certify::Place place;
    certify::write_certificate(place, {trained.network.model, trained.language, {}}, trained.at(length), outcome, {});
    clock.enter("check");
    const checker::Report report = certify::checked(place);
    nlohmann::ordered_json seconds = clock.finish();
    if (!report.accepted) throw base::InternalError("the checker refuses: " + report.reason);
    return seconds;
}

}  // namespace

nlohmann::ordered_json check_trained(const StageArguments& a) {
    const bool decoder = a.model.starts_with("decoder");
    const Trained trained({std::stoul(a.model.substr(a.model.find('-') + 1)), std::stoul(a.language), decoder},
                          a.length, a.seed);
    double proved = 0, checked = 0;
    int runs = -1;
    seconds_a_run(std::stod(a.directory), [&] {
        const nlohmann::ordered_json seconds = check_once(trained, a.length);
        const double prove = seconds.at("prove").get<double>(), check = seconds.at("check").get<double>();
        if (++runs > 0) proved += prove, checked += check;
        return prove + check;
    });
    return {{"seconds", {{"prove", proved / runs}, {"check", checked / runs}}}};
}

Table trained_table(const Settings& settings) {
    Table table(
        "trained",
        "All words of a two-layer encoder or decoder of trained size, proved and checked, against its logits in "
        "PyTorch (float64, batches, one thread); words a second",
        {"model", "d", "N", "words", "proof", "proved", "and checked", "PyTorch", "fastest way", "ratio", "checked",
         "difference"});
    table.begin();
    for (const Shape& shape : shapes)
        for (const std::int64_t length : {8, 12, 16}) add_row(table, shape, length, settings);
    table.note("difference: of logits, beside the greatest logit");
    table.note(
        "the model's files are what attest import makes of a checkpoint of 32-bit numbers; "
        "proof: the library's call, all that it makes of the network included; and checked: that, the certificate "
        "made, and the checker's call, which reads it; PyTorch: batches of words after the "
        "first, its tensors ready; no start of a process is in any of them; each is measured for an eighth of the "
        "limit after a first run that does not count, and the mean of all runs is told");
    return table;
}

}  // namespace attest::benchmarks
