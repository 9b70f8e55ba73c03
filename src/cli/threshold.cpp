#include "record/threshold.hpp"

#include <fmt/format.h>

#include <bit>

#include "attest/base/error.hpp"
#include "attest/certify/existence.hpp"
#include "attest/certify/recognition.hpp"
#include "base/text.hpp"
#include "census.hpp"
#include "command.hpp"
#include "decide/threshold/composition.hpp"
#include "existence_text.hpp"
#include "function_census.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "least_class.hpp"
#include "measured_functions.hpp"
#include "number.hpp"
#include "placement.hpp"
#include "softmax_threshold.hpp"

namespace attest::cli {

namespace {

constexpr std::int64_t longest = 1'000'000;  ///< that a bound is asked about

/// What became of one length.
struct Result {
    std::int64_t length = 0;
    certify::Existence existence;
};

class Threshold : public Command {
  public:
    std::string name() const override { return "threshold"; }
    std::string summary() const override {
        return "The greatest length at which any transformer of a class computes the language";
    }
    std::vector<std::string> examples() const override {
        return {"attest threshold parity --layers 1 --heads 2 --certificate out/t",
                "attest threshold parity --layers 2 --heads 1 --activations 2 --to 4",
                "attest threshold majority --layers 1 --heads 1 --key-dimension 1 --json",
                "attest threshold parity --heads 3 --breaks heads --cubes 8 --from 4 --to 4",
                "attest threshold parity --softmax --heads 3",
                "attest threshold mod:3,0 --softmax --heads 20 --from 200 --to 200",
                "attest threshold --census 3 --layers 1",
                "attest threshold --measure degree --length 3 --heads 2",
                "attest threshold majority --least --length 3"};
    }
    Uses uses() const override {
        return {.solver = true, .seed = true, .threads = "Parts of a search that are worked on at a time"};
    }
    void declare(CLI::App& app) override {
        app.add_option("LANGUAGE", language_, "The language; attest languages lists them");
        layers_ = app.add_option("--layers", class_.layers, "Layers (default 1)")
                      ->transform(within<std::int64_t>(1, 16))
                      ->type_name("L");
        heads_ = app.add_option("--heads", class_.heads,
                                "Heads in each layer (default 1; with --census the most, default N); at most 64, with "
                                "--softmax 4096")
                     ->transform(within<std::int64_t>(1, 4096))
                     ->type_name("H");
        activations_ =
            app.add_option("--activations", values_, "Values after each layer but the last (default: unbounded)")
                ->transform(within<std::int64_t>(2, 64))
                ->type_name("A");
        app.add_option("--read", read_,
                       "Where the answer is read: end (default), a symbol after the word, or last, its last position")
            ->check(CLI::IsMember({"end", "last"}))
            ->type_name("WHERE");
        app.add_option("--mask", mask_, "none (default) or strict: only what is further left is seen")
            ->check(CLI::IsMember({"none", "strict"}))
            ->type_name("MASK");
        app.add_option("--positions", positions_, "visible (default), or none: one network for all lengths up to N")
            ->check(CLI::IsMember({"visible", "none"}))
            ->type_name("WHICH");
        app.add_option("--key-dimension", key_dimension_, "1: a head gives each key one number, the query a sign")
            ->check(CLI::IsMember({"1"}))
            ->type_name("1");
        app.add_option("--from", from_, "The first length (default 1)")
            ->transform(within<std::int64_t>(1, longest))
            ->type_name("N");
        app.add_option("--to", to_, "The last length (default: up to the first without a network)")
            ->transform(within<std::int64_t>(1, longest))
            ->type_name("N");
        app.add_option("--breaks", breaks_,
                       "Symmetry breaks that may be used: all (default), none, or names with commas")
            ->type_name("NAMES");
        app.add_flag("--no-bounds", no_bounds_,
                     "Do not ask the theorems: that there is no network is refuted by a formula, "
                     "however long that takes");
        app.add_option("--cubes", cubes_,
                       "Split what is not decided at once into so many parts, a power of two, for all --threads")
            ->transform(within<std::size_t>(2, 4096))
            ->type_name("K");
        app.add_option(
               "--journal", journal_,
               "Keep refuted parts in this file, or with --on in this folder, and go on from those that are there; "
               "needs --from N --to N, or --census 5, whose networks it keeps")
            ->type_name("FILE");
        placement_.declare(app, "cubes");
        app.add_flag("--softmax", softmax_, "One layer of softmax heads and nothing else, read at a query token")
            ->excludes("--layers")
            ->excludes("--activations")
            ->excludes("--read")
            ->excludes("--mask")
            ->excludes("--positions")
            ->excludes("--key-dimension")
            ->excludes("--breaks")
            ->excludes("--no-bounds")
            ->excludes("--on");
        census_ =
            app.add_option("--census", inputs_,
                           "Instead of a language: every function of so many inputs, and the least number of heads; "
                           "of 5, whether two layers of one head with two activations compute it")
                ->transform(within(2, 5))
                ->type_name("N")
                ->excludes("--softmax")
                ->excludes("--on")
                ->excludes("--from")
                ->excludes("--to")
                ->excludes("LANGUAGE");
        least_ = app.add_flag("--least", is_least_,
                              "Instead of lengths: at --length N, the least classes that have a network, by layers "
                              "(default up to 2), heads and activations");
        measure_option_ =
            app.add_option("--measure", measure_,
                           "Instead of a language: sensitivity, average-sensitivity, degree or certificates of all "
                           "functions of --length bits, 2 to 4, that the class computes")
                ->check(CLI::IsMember({"sensitivity", "average-sensitivity", "degree", "certificates"}))
                ->type_name("WHICH")
                ->excludes("LANGUAGE");
        length_option_ = app.add_option("--length", length_, "The length of --least and --measure")
                             ->transform(within<std::int64_t>(1, 22))
                             ->type_name("N")
                             ->excludes("--census");
        for (const char* other : {"--softmax", "--on", "--from", "--to", "--cubes", "--journal", "--census"})
            for (CLI::Option* option : {least_, measure_option_}) option->excludes(other);
        least_->excludes("--activations")->excludes("--measure");
        app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (!softmax_ && class_.heads > 64)
            throw base::UsageError(
                fmt::format("--heads: expected at most 64 without --softmax, found {}", class_.heads));
        if (census_->count() > 0 && inputs_ == 5) return census_of_five(session);
        if (census_->count() > 0) {
            if (!journal_.empty()) throw base::UsageError("--journal: expected --census 5, or --cubes, with it");
            const std::int64_t most = heads_->count() > 0 ? class_.heads : static_cast<std::int64_t>(inputs_);
            return census(session, {inputs_, parse_class(), most, parse_options(session), directory_});
        }
        const bool of_one_length = is_least_ || measure_option_->count() > 0;
        if (of_one_length && length_option_->count() == 0)
            throw base::UsageError(is_least_ ? "--least: expected --length, found none"
                                             : "--measure: expected --length, found none");
        if (!of_one_length && length_option_->count() > 0)
            throw base::UsageError("--length: expected --least or --measure with it; lengths are --from and --to");
        if (measure_option_->count() > 0) return measure(session);
        if (language_.empty())
            throw base::UsageError("LANGUAGE: expected a language, or --census N, or --measure WHICH");
        if (is_least_) return least(session);
        if (softmax_) return softmax_threshold(session, {language_, class_.heads, from_, to_, directory_});
        threshold::Specification specification{parse_class(), language::Language::parse(language_, std::nullopt),
                                               from_};
        note_reading(session, language_);
        if (to_ != 0 && to_ < from_)
            throw base::UsageError(fmt::format("--to: expected at least {}, found {}", from_, to_));
        if (!journal_.empty() && (cubes_ == 1 || to_ != from_))
            throw base::UsageError("--journal: expected --cubes with it, and one length: --from N --to N");
        threshold::require_sound(specification);
        const Splittable search{journal_, cubes_, false, session.options.threads};
        (void)parse_options(session);  // what is wrong with them is said before anything is submitted
        if (const auto status = placement_.elsewhere(session, search)) return *status;
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        const std::vector<Result> results = decide_all(session, specification, parse_options(session), archive);
        if (placement_.is_part()) return placement_.end_of_part(session, search, !gap(results));
        finish_certificate(session, archive, parts_by_length(results));
        show(session, specification, results);
        return gap(results) ? undecided : success;
    }

  private:
    int census_of_five(Session& session) {
        if (layers_->count() == 0) class_.layers = 2;
        if (activations_->count() == 0) values_ = 2;
        threshold::NetworkClass c = parse_class();
        c.activations = values_;
        if (c.layers != 2 || c.heads != 1 || c.activations != 2 || c.read != threshold::Reading::end ||
            c.mask != threshold::Mask::none || !c.strict_orders())
            throw base::UsageError(
                "--census 5: expected two layers of one head with two activations, read at the end symbol, and "
                "nothing else of a class");
        return function_census(session, {inputs_, journal_, directory_});
    }

    int measure(Session& session) {
        if (length_ < 2 || length_ > 4)
            throw base::UsageError(fmt::format("--length: expected 2 to 4 with --measure, found {}", length_));
        return measured_functions(
            session, {measure_, static_cast<unsigned>(length_), parse_class(), parse_options(session), directory_});
    }

    int least(Session& session) {
        if (positions_ == "none") throw base::UsageError("--least: expected no --positions none with it");
        if (layers_->count() == 0) class_.layers = 2;
        const std::int64_t most = heads_->count() > 0 ? class_.heads : length_;
        return least_class(session, {language_, length_, parse_class(), most, parse_options(session), directory_});
    }

    threshold::SynthesisOptions parse_options(const Session& session) const {
        threshold::SynthesisOptions options;
        options.breaks = parse_breaks();
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        options.threads = session.options.threads;
        if (!std::has_single_bit(cubes_))
            throw base::UsageError(fmt::format("--cubes: expected a power of two, found {}", cubes_));
        options.cubes = cubes_;
        options.journal = journal_;
        options.share = placement_.share();
        options.bounds = !no_bounds_;
        return options;
    }

    threshold::NetworkClass parse_class() const {
        threshold::NetworkClass c = class_;
        if (activations_->count() > 0) c.activations = values_;
        c.read = read_ == "end" ? threshold::Reading::end : threshold::Reading::last;
        c.mask = mask_ == "none" ? threshold::Mask::none : threshold::Mask::strict;
        c.positions_visible = positions_ == "visible";
        c.key_dimension_one = !key_dimension_.empty();
        return c;
    }

    std::vector<threshold::Break> parse_breaks() const {
        if (breaks_ == "all") return threshold::SynthesisOptions{}.breaks;
        std::vector<threshold::Break> list;
        for (std::size_t at = 0; breaks_ != "none" && at <= breaks_.size();) {
            const std::size_t comma = std::min(breaks_.find(',', at), breaks_.size());
            list.push_back(threshold::parse_break(breaks_.substr(at, comma - at)));
            at = comma + 1;
        }
        return list;
    }

    /// Lengths one after another, until the first without a network or without an answer; then the least at which a bound
    /// says that there is none.
    std::vector<Result> decide_all(Session& session, threshold::Specification specification,
                                   threshold::SynthesisOptions options, certify::Archive& archive) const {
        const base::Limits limits = session.limits();
        const auto decide = [&](std::int64_t n) {
            specification.length = n;
            options.progress = [&session, n](const std::string& what) {
                session.progress(fmt::format("length {}: {}", n, what));
            };
            return Result{
                n, certify::decide_existence(specification, options, limits, archive, certify::part_of_length(n))};
        };
        const std::optional<Result> bound = decide_bound(specification, options, limits, decide);
        std::vector<Result> results;
        for (std::int64_t n = from_; to_ == 0 || n <= to_; ++n) {
            if (!results.empty() && !defined(specification, n, limits)) break;
            session.draft([&] { show(session, specification, with_open(results, n, bound)); });
            results.push_back(bound && bound->length == n ? *bound : decide(n));
            if (!results.back().existence.verdict.holds()) break;
        }
        if (bound && gap(results)) results.push_back(*bound);
        return results;
    }

    /// What there is if length n takes too long.
    static std::vector<Result> with_open(std::vector<Result> results, std::int64_t n,
                                         const std::optional<Result>& bound) {
        const verdict::Undecided why{verdict::Reason::interrupted, "the program ended in the middle of it"};
        results.push_back({n, {{}, verdict::Verdict::undecided(verdict::Lengths::one(n), why)}});
        if (bound && bound->length > n) results.push_back(*bound);
        return results;
    }

    /// The least length that a theorem answers, before time is spent on others.
    template <typename Decide>
    std::optional<Result> decide_bound(threshold::Specification specification,
                                       const threshold::SynthesisOptions& options, const base::Limits& limits,
                                       Decide decide) const {
        if (!options.bounds) return std::nullopt;
        specification.length = from_;
        const auto length = threshold::least_bounded_length(specification, to_ == 0 ? longest : to_, limits);
        if (!length) return std::nullopt;
        Result result = decide(*length);
        if (!result.existence.verdict.fails()) return std::nullopt;
        return result;
    }

    /// Whether there is anything to try; beyond a limit that is not known, and the question itself tells which limit it is.
    static bool defined(threshold::Specification s, std::int64_t length, const base::Limits& limits) {
        s.length = length;
        return s.language.defined_at(static_cast<std::uint64_t>(length)) &&
               (threshold::may_be_listed(s) || threshold::may_compose(s, limits) || limits.exceeded());
    }

    // Output.

    static std::optional<std::int64_t> found(const std::vector<Result>& results) {
        std::optional<std::int64_t> most;
        for (const Result& r : results)
            if (r.existence.verdict.holds()) most = r.length;
        if (!most && results.front().length == 1) most = 0;  // one word, one answer
        return most;
    }

    /// The length without an answer, if there is one.
    static std::optional<std::int64_t> gap(const std::vector<Result>& results) {
        for (const Result& r : results)
            if (r.existence.verdict.is_undecided()) return r.length;
        return std::nullopt;
    }

    static std::optional<std::int64_t> impossible(const std::vector<Result>& results) {
        return results.back().existence.verdict.fails() ? std::optional(results.back().length) : std::nullopt;
    }

    std::string headline(const threshold::Specification& s, const std::vector<Result>& results) const {
        const std::string what =
            fmt::format("{} in the class of {}", s.language.name(), threshold::describe(s.network));
        const auto most = found(results), none = impossible(results);
        const std::string at = most ? fmt::format("a network at length {}", *most) : "no network found";
        if (const auto open = gap(results))
            return fmt::format("UNDECIDED {}: {}, length {} undecided{}\n", what, at, *open,
                               none ? fmt::format(", none at {}", *none) : "");
        if (none) return fmt::format("{} {}: {}, none at {}\n", most ? "EXACT" : "IMPOSSIBLE", what, at, *none);
        return fmt::format("POSSIBLE {}: {}, and nothing was asked beyond\n", what, at);
    }

    static std::string row(const Result& r) {
        const verdict::Verdict& v = r.existence.verdict;
        return fmt::format("{:>6}  {:10}  {:>8.2f} s  {}\n", r.length, certify::existence_word(v), v.spent.seconds,
                           existence_text(r.existence));
    }

    void show(Session& session, const threshold::Specification& s, const std::vector<Result>& results) const {
        session.print(headline(s, results));
        for (const Result& r : results) session.print(row(r));
        session.print_json(record::write(record_of(s.network, results)));
    }

    record::Threshold record_of(const threshold::NetworkClass& c, const std::vector<Result>& results) const {
        record::Threshold record;
        record.language = language_;
        record.layers = c.layers;
        record.heads = c.heads;
        record.activations = c.activations;
        record.read = read_;
        record.mask = mask_;
        record.positions = positions_;
        record.key_dimension.emplace(c.key_dimension_one ? std::optional<std::int64_t>(1) : std::nullopt);
        record.found = found(results);
        record.impossible = impossible(results);
        for (const Result& r : results) record.lengths.push_back(record::threshold_length(r.length, r.existence));
        return record;
    }

    threshold::NetworkClass class_;
    std::int64_t values_ = 2, from_ = 1, to_ = 0;
    std::string language_, read_ = "end", mask_ = "none", positions_ = "visible", key_dimension_, breaks_ = "all",
                           directory_;
    bool softmax_ = false, no_bounds_ = false;
    std::size_t cubes_ = 1;
    std::string journal_;
    Placement placement_;
    unsigned inputs_ = 0;
    std::string measure_;
    std::int64_t length_ = 0;
    bool is_least_ = false;
    CLI::Option* least_ = nullptr;
    CLI::Option* measure_option_ = nullptr;
    const CLI::Option* length_option_ = nullptr;
    const CLI::Option* activations_ = nullptr;
    const CLI::Option* layers_ = nullptr;
    const CLI::Option* heads_ = nullptr;
    const CLI::Option* census_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_threshold() { return std::make_unique<Threshold>(); }

}  // namespace attest::cli
