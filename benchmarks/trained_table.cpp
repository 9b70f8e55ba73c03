#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

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

/// Processor times of single runs, as the rival's are measured: the first does not count, then all do that begin within so many
/// seconds.
///
/// run   what is measured; gives its seconds
std::vector<double> times_of_runs(double seconds, const std::function<double()>& run) {
    run();
    double spent = 0;
    std::vector<double> times;
    while (times.empty() || spent < seconds) spent += times.emplace_back(run());
    return times;
}

Cell rate(double per_second) { return number(per_second, 3); }

/// What the rival finds, or what is missing for it.
nlohmann::json found_by_rival(const Settings& settings, const Trained& trained, std::int64_t length) {
    const std::string path = settings.directory + "/trained.json";
    base::write_file(path, trained.network.checkpoint.dump());
    const Run rival = run_program(
        {"/usr/bin/python3", ATTEST_TRAINED_RIVAL, path, std::to_string(length), fmt::format("{}", settings.limit)},
        20 * settings.limit);
    return rival.finished && rival.status == 0 ? nlohmann::json::parse(rival.output)
                                               : nlohmann::json{{"missing", rival.output}};
}

/// Words a second that the rival does, how many times as many we prove, prove and check, and the difference.
std::vector<Cell> beside(Table& table, const nlohmann::json& found, const Trained& trained, std::int64_t length,
                         double proved, double checked) {
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

/// Our times, measured before the rival's and after, since a machine that others use is not always as fast.
class Ours {
  public:
    Ours(const Trained& trained, const Shape& shape, std::int64_t length, const Settings& settings)
        : trained_(trained), shape_(shape), length_(length), settings_(settings) {}

    void measure() {
        const double each = settings_.limit / 16;
        const std::vector<double> proofs =
            times_of_runs(each, [&] { return best_of(1, [&] { (void)prove(trained_, length_); }); });
        proofs_.insert(proofs_.end(), proofs.begin(), proofs.end());
        if (!is_done_) return;
        const StageResult whole =
            measure_stage({"trained", fmt::format("{}-{}", shape_.kind(), shape_.dimension),
                           std::to_string(shape_.heads), length_, settings_.seed, fmt::format("{}", each)},
                          8 * settings_.limit);
        is_done_ = whole.done();
        if (is_done_) checks_.push_back(whole.at("prove") + whole.at("check"));
    }

    double proof() const { return median(proofs_); }
    /// With the check; 0 where that took too long.
    double whole() const {
        return is_done_ ? std::accumulate(checks_.begin(), checks_.end(), 0.0) / static_cast<double>(checks_.size())
                        : 0;
    }

  private:
    const Trained& trained_;
    const Shape& shape_;
    std::int64_t length_;
    const Settings& settings_;
    std::vector<double> proofs_, checks_;
    bool is_done_ = true;
};

void add_row(Table& table, const Shape& shape, std::int64_t length, const Settings& settings) {
    const Trained trained(shape, length, settings.seed);
    const auto words = static_cast<double>(std::size_t{1} << length);
    Ours ours(trained, shape, length, settings);
    ours.measure();
    const nlohmann::json found = found_by_rival(settings, trained, length);
    ours.measure();
    const double proof = ours.proof(), checked = ours.whole() > 0 ? words / ours.whole() : 0;
    std::vector<Cell> cells = {text(shape.kind()),
                               count(shape.dimension),
                               count(static_cast<std::size_t>(length)),
                               count(static_cast<std::size_t>(words)),
                               seconds(proof),
                               rate(words / proof)};
    cells.push_back(checked > 0 ? rate(checked) : more_than(8 * settings.limit));
    const std::vector<Cell> rival = beside(table, found, trained, length, words / proof, checked);
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
    std::vector<double> checked;  // of the runs, the first included
    const std::vector<double> both = times_of_runs(std::stod(a.directory), [&] {
        const nlohmann::ordered_json seconds = check_once(trained, a.length);
        checked.push_back(seconds.at("check").get<double>());
        return seconds.at("prove").get<double>() + checked.back();
    });
    const double check = median({checked.begin() + 1, checked.end()});
    return {{"seconds", {{"prove", median(both) - check}, {"check", check}}}};
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
        "limit, ours half of it before the rival and half after, but for first runs, which do not count, and medians "
        "are told");
    return table;
}

}  // namespace attest::benchmarks
