#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/programs/zoo.hpp"
#include "command.hpp"
#include "influence_result.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "number.hpp"
#include "soft/blowup.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

class Influence : public Command {
  public:
    std::string name() const override { return "influence"; }
    std::string summary() const override {
        return "How much one symbol moves the output of soft attention: reached, and certainly never exceeded";
    }
    std::vector<std::string> examples() const override {
        return {"attest influence zoo:chiang-cholak-parity --lengths 4..64*2 --plot d.svg",
                "attest influence zoo:chiang-cholak-first-norm --eps 1e-5 --lengths 10,20",
                "attest influence zoo:chiang-cholak-parity --float binary32 --lengths 100",
                "attest influence soft.json --lengths 8,16 --json"};
    }
    Uses uses() const override { return {.seed = true, .threads = "Words that are worked on at a time"}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME, with softmax attention")->required();
        app.add_option("--lengths,--length", lengths_, "N, A..B, A..B*F or a list with commas")
            ->required()
            ->type_name("N");
        app.add_option("--language", language_,
                       "The language of which margins and cross-entropy are told (default: that of the construction)")
            ->type_name("L");
        app.add_option("--map", map_, "Language symbols of the model's symbols: a=0,b=1")->type_name("MAP");
        declare_eps(app, eps_);
        app.add_option("--float", float_, "Also look for a word that rounding makes the network answer wrongly")
            ->check(CLI::IsMember({"binary32", "binary64"}))
            ->type_name("TYPE");
        app.add_option("--samples", samples_,
                       "Random words for margin and cross-entropy where not all can be evaluated (default: 100 to "
                       "1000, by their cost)")
            ->transform(within<std::uint64_t>(0, UINT64_MAX))
            ->type_name("K");
        app.add_option("--plot", plot_, "Draw the decay and the profile by position (SVG)")->type_name("FILE");
        app.add_option("--csv", csv_, "Write the table to this file")->type_name("FILE");
    }

    int run(Session& session) override {
        const formats::NetworkFile loaded = load_network(model_, eps_);
        if (std::holds_alternative<formats::ProgramFile>(loaded))
            throw base::Unsupported(
                "influence: it bounds how far a symbol moves the score of softmax attention; a program has no such "
                "score: attest measure says how often each symbol changes its answer, attest restrict which settle it");
        if (std::holds_alternative<formats::GuhatFile>(loaded))
            throw base::Unsupported(
                "influence: it bounds how far a symbol moves the score of softmax attention, and tables have no such "
                "score: attest measure says how often each symbol changes their answer");
        const auto& file = std::get<formats::ModelFile>(loaded);
        const network::Transformer& t = file.transformer;
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--lengths", Repeated::refused);
        for (const std::int64_t n : lengths) influence::require_followed(t, n);
        const base::Limits limits = session.limits();
        const std::optional<Meaning> meaning = load_meaning(t);
        note_reading(session, language_);
        InfluenceResults results{
            t, {}, {}, {}, soft::squared_parameter_norm(t), meaning ? meaning->language.name() : ""};
        if (!float_.empty()) results.type = float_ == "binary32" ? soft::Float::binary32 : soft::Float::binary64;
        for (const std::int64_t n : lengths) {
            session.progress(fmt::format("[{}/{}] length {}", results.lengths.size(), lengths.size(), n));
            results.lengths.push_back(study(session, results, n, limits));
            InfluenceResult& result = results.lengths.back();
            keep(session, results);
            if (!meaning || !result.study || !meaning->language.defined_at(static_cast<std::uint64_t>(n))) continue;
            recognise(file, *meaning, n, limits, result);
            if (!result.recognition && !result.unchecked && !result.study->by_words)
                result.sample = sample(session, t, *meaning, result, limits);
            keep(session, results);
        }
        if (!plot_.empty()) base::write_file(plot_, influence_plot(results));
        if (!csv_.empty()) base::write_file(csv_, influence_csv(results));
        session.print(influence_table(results));
        session.print_json(record::write(influence_record(results)));
        for (const InfluenceResult& r : results.lengths)
            if (!r.study || !std::isfinite(r.study->certified.bound)) return undecided;
        return success;
    }

  private:
    /// What there is if the next length takes too long.
    static void keep(Session& session, InfluenceResults& results) {
        results.law = fit(results.lengths);
        session.draft([&] {
            session.print(influence_table(results));
            session.print_json(record::write(influence_record(results)));
        });
    }

    static constexpr std::size_t rounding_tries = 24;

    static InfluenceResult study(const Session& session, const InfluenceResults& all, std::int64_t length,
                                 const base::Limits& limits) {
        InfluenceResult result{length, all.transformer.sequence_length(length), {}, {}, {}, {}, {}, {}, 0};
        if (const auto limit = limits.exceeded()) {
            result.why = {verdict::reason_of(*limit), "not begun"};
            return result;
        }
        const auto start = std::chrono::steady_clock::now();
        try {
            influence::StudyOptions options;
            options.seed = session.options.seed;
            options.threads = session.options.threads;
            result.study = influence::study(all.transformer, length, options, limits);
            if (all.type)
                result.rounding = soft::find_rounding_failure(all.transformer, length, *all.type, session.options.seed,
                                                              rounding_tries, limits);
        } catch (const base::Unsupported& e) {
            const auto limit = limits.exceeded();
            result.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::memory, e.what()};
        }
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return result;
    }

    std::optional<Meaning> load_meaning(const network::Transformer& t) const {
        std::string language = language_;
        if (language.empty() && model_.rfind("zoo:", 0) == 0) {
            const programs::ZooEntry entry = programs::zoo_entry(model_.substr(4));
            if (entry.lengths != "no claim") language = entry.language;
        }
        if (language.empty()) return std::nullopt;
        return load_language(language, t.alphabet, parse_map(map_));
    }

    /// Nothing if the words, or the choices of counts that stand for them, are too many.
    void recognise(const formats::ModelFile& file, const Meaning& meaning, std::int64_t length,
                   const base::Limits& limits, InfluenceResult& result) const {
        decide::ProveOptions options;
        options.method = decide::Method::exhaustion;
        options.most_words =
            std::min<std::uint64_t>(1 << 13, (1 << 21) / static_cast<std::uint64_t>(std::max<std::int64_t>(length, 1)));
        decide::Outcome outcome =
            decide::prove({file.transformer, meaning.language, meaning.symbols, length}, options, limits);
        if (const verdict::Undecided* why = outcome.undecided();
            why != nullptr && why->reason == verdict::Reason::memory)
            return;
        if (outcome.enclosure() != nullptr && check_takes_long(outcome, length)) {
            result.unchecked = std::move(outcome);
            return;
        }
        certify::Archive nowhere;
        result.recognition =
            certify::recognise({file, meaning.language, parse_map(map_)}, length, options, limits, nowhere);
    }

    /// The checker looks at all pairs of positions of each word: some 60 nanoseconds each, where this is a table of figures.
    static bool check_takes_long(const decide::Outcome& outcome, std::int64_t length) {
        constexpr double most_pairs = 1 << 25;
        const auto n = static_cast<double>(length);
        return static_cast<double>(outcome.statistics.words) * n * n > most_pairs;
    }

    std::optional<influence::Sample> sample(const Session& session, const network::Transformer& t,
                                            const Meaning& meaning, const InfluenceResult& result,
                                            const base::Limits& limits) const {
        const auto contains = [&](language::Word word) {
            for (language::Symbol& symbol : word) symbol = meaning.symbols[symbol];
            return meaning.language.contains(word);
        };
        return influence::sample(t, result.length, contains,
                                 {samples_, session.options.seed, result.study->certified.logit}, limits);
    }

    static std::optional<influence::PowerLaw> fit(const std::vector<InfluenceResult>& results) {
        std::vector<std::pair<double, double>> points;
        for (const InfluenceResult& r : results)
            if (r.study) points.emplace_back(static_cast<double>(r.n), r.study->reached());
        return influence::fit_power_law(points);
    }

    std::uint64_t samples_ = 0;
    std::string model_, lengths_, eps_, csv_, plot_, float_, language_, map_;
};

}  // namespace

std::unique_ptr<Command> make_influence() { return std::make_unique<Influence>(); }

}  // namespace attest::cli
