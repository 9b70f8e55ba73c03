// Several searches for one question, in turn: each goes on where it stopped, with more conflicts every time round, so that
// the quickest decides after a few times its own time. Annealing and the split leave out networks; only the others can
// refute.

#include "attest/decide/threshold/synthesiser.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/decide/threshold/solver.hpp"
#include "base/parallel.hpp"
#include "decide/threshold/annealing.hpp"
#include "decide/threshold/composition.hpp"
#include "decide/threshold/construction.hpp"
#include "decide/threshold/counting_bound.hpp"
#include "decide/threshold/cubes.hpp"
#include "decide/threshold/every_change.hpp"
#include "decide/threshold/faces_bound.hpp"
#include "decide/threshold/layers_bound.hpp"
#include "decide/threshold/peeling_bound.hpp"
#include "decide/threshold/restricted_counting.hpp"
#include "decide/threshold/restriction_bound.hpp"
#include "decide/threshold/witness.hpp"
#include "logic/proof.hpp"

namespace attest::threshold {

namespace {

// A solver that is called again forgets where it was in its schedule of restarts, so that many short calls are worth
// less than one long one.
constexpr std::int64_t first_round = 4000, second_round = 100'000;  // conflicts
// One layer is refuted within a second up to this length, and the refutation needs no theorem; beyond, the bound is asked
// first. (With more layers bounds begin beyond it.)
constexpr std::int64_t refuted_at_once = 4;
// Where parity of six symbols has a network of one bit, 4 million steps find one in three of eight runs.
constexpr std::uint64_t first_annealing = 500'000, second_annealing = 4'000'000;  // steps
constexpr int annealings_a_round = 8;
// Parts of an extension are given seconds.
constexpr int annealings_of_a_part = 3;
constexpr std::int64_t longest_one_by_one = 16;  // where each length is asked whether a bound applies
constexpr std::int64_t rounds_of_a_part[] = {first_round, 30'000};  // conflicts
constexpr std::size_t memory_of_a_part = std::size_t{512} << 20;

/// One of the searches.
struct Contestant {
    std::string name;
    EncodeOptions options;
    logic::Aim aim = logic::Aim::balanced;
    bool whole = true;  ///< leaves out no network, so that it can refute
    std::shared_ptr<const Encoding> encoding;
    std::unique_ptr<CutSolver> solver;
    logic::Answer answer = logic::Answer::unknown;
};

bool may_split(const Specification& s) {
    return s.network.strict_orders() && s.network.mask == Mask::none && s.network.read == Reading::end &&
           s.network.layers >= 2 && s.length >= 2;
}

std::string blocks_text(const Composition& parts) {
    std::string text = fmt::format("{}", parts.first);
    for (const PeeledBlock& block : parts.blocks) text += fmt::format(" + {}", block.symbols);
    return text;
}

bool compose_parts(const Specification& s, const SynthesisOptions& options, const base::Limits& limits,
                   Existence& result) {
    if (options.progress) options.progress("parts of a network");
    result.parts = compose(s, *options.library, options.seed, limits);
    if (!result.parts) return false;
    result.answer = verdict::Answer::holds;
    result.how = fmt::format("blocks of {} symbols, of which one head each tells the sum", blocks_text(*result.parts));
    return true;
}

class Contest {
  public:
    Contest(const Specification& specification, const SynthesisOptions& options, const base::Limits& limits)
        : spec_(specification), options_(options), limits_(limits) {}

    Existence run() {
        Existence result;
        if (options_.narrow && constructed(result)) return result;
        if (options_.bounds && spec_.length > refuted_at_once && bounded(result)) return result;
        if (extended(result)) return result;
        if (annealed(result, 1) || smaller_found(result, first_round)) return result;
        line_up();
        for (std::int64_t conflicts = first_round;; conflicts = std::max(2 * conflicts, second_round)) {
            if (conflicts > first_round && annealed(result, annealings_a_round)) return result;
            round(conflicts);
            for (Contestant& c : contestants_)
                if (decided(c, result)) return result;
            if (conflicts > first_round && smaller_found(result, conflicts)) return result;
            if (const auto limit = limits_.exceeded()) {
                result.why = {verdict::reason_of(*limit), "neither a network nor a refutation was found"};
                return result;
            }
            if (contestants_.empty()) {
                result.why = {verdict::Reason::memory, "the formula does not fit"};
                return result;
            }
            if (options_.cubes > 1) return search_by_cubes(spec_, breaks_, options_, limits_);
        }
    }

    /// A network that is found in seconds.
    std::optional<network::Guhat> run_shortly() {
        Existence result;
        if (annealed(result, annealings_of_a_part)) return std::move(result.network);
        line_up();
        for (const std::int64_t conflicts : rounds_of_a_part) {
            round(conflicts);
            for (Contestant& c : contestants_)
                if (c.answer == logic::Answer::satisfiable && decided(c, result)) return std::move(result.network);
        }
        return std::nullopt;
    }

  private:
    /// A contest for the same words in a class that is part of this one.
    struct Smaller {
        Specification specification;
        std::unique_ptr<Contest> contest;
    };

    /// As many conflicts for smaller classes: what they can do, this one can, and their formulas are smaller.
    bool smaller_found(Existence& result, std::int64_t conflicts) {
        if (!options_.narrow) return false;
        if (smaller_.empty() && conflicts == first_round) enter_smaller();
        for (const auto& s : smaller_) {
            if (limits_.exceeded()) return false;
            const auto network = s->contest->run_once(conflicts);
            if (!network) continue;
            options_.library->add(s->specification, *network);
            if (extended(result)) return true;
        }
        return false;
    }

    void enter_smaller() {
        const auto enter = [&](std::int64_t layers, std::int64_t heads) {
            if (layers < 2 || heads < 1 || !spec_.network.strict_orders()) return;
            Specification s = spec_;
            s.network.layers = layers;
            s.network.heads = heads;
            auto& smaller = *smaller_.emplace_back(std::make_unique<Smaller>(Smaller{std::move(s), nullptr}));
            smaller.contest = std::make_unique<Contest>(smaller.specification, options_, limits_);
        };
        enter(spec_.network.layers, spec_.network.heads - 1);
        enter(spec_.network.layers - 1, spec_.network.heads);
    }

    /// One time round; a network if there is one then.
    std::optional<network::Guhat> run_once(std::int64_t conflicts) {
        Existence result;
        if (annealed(result, conflicts == first_round ? 1 : annealings_a_round)) return std::move(result.network);
        if (smaller_found(result, conflicts)) return std::move(result.network);
        if (contestants_.empty()) line_up();
        round(conflicts);
        for (Contestant& c : contestants_)
            if (c.answer == logic::Answer::satisfiable && decided(c, result)) return std::move(result.network);
        return std::nullopt;
    }

    void choose_breaks() {
        for (const Break b : breaks_for(spec_, samples_))
            if (std::find(options_.breaks.begin(), options_.breaks.end(), b) != options_.breaks.end())
                breaks_.push_back(b);
        // Complements rest on the permutations' list.
        if (std::find(breaks_.begin(), breaks_.end(), Break::permutations) == breaks_.end())
            std::erase(breaks_, Break::complements);
    }

    void line_up() {
        if (samples_.empty()) samples_ = samples(spec_);  // only here: bounds and constructions need no list of words
        choose_breaks();
        if (options_.narrow && may_split(spec_)) {
            std::vector<Break> without = breaks_;
            std::erase_if(without, [](Break b) { return b == Break::permutations || b == Break::complements; });
            enter({"split at the last symbol", {without, true}, logic::Aim::satisfiable, false, {}, {}});
        }
        enter({"search for a network", {breaks_, false}, logic::Aim::satisfiable, true, {}, {}});
        enter({"search for a refutation", {breaks_, false}, logic::Aim::balanced, true, {}, {}});
    }

    void enter(Contestant c) {
        if (limits_.exceeded()) return;
        if (!contestants_.empty() && contestants_.back().options == c.options) {
            c.encoding = contestants_.back().encoding;
        } else {
            if (options_.progress) options_.progress("building: " + c.name);
            std::optional<Encoding> encoding = encode(spec_, samples_, c.options, limits_);
            if (!encoding) return;
            c.encoding = std::make_shared<const Encoding>(std::move(*encoding));
        }
        c.solver = std::make_unique<CutSolver>(spec_.network, *c.encoding, options_.back_end,
                                               logic::SolverOptions{options_.seed, c.aim});
        contestants_.push_back(std::move(c));
    }

    /// Anneals a few times, each time a little longer.
    bool annealed(Existence& result, int times) {
        for (; times > 0 && options_.narrow && may_anneal(spec_) && !limits_.exceeded(); --times) {
            if (options_.progress) options_.progress(fmt::format("annealing: {} steps", annealing_steps_));
            result.network = anneal(spec_, options_.seed + annealings_++, annealing_steps_, limits_);
            if (result.network) {
                result.answer = verdict::Answer::holds;
                result.how = "annealing";
                return true;
            }
            annealing_steps_ = std::max(second_annealing, annealing_steps_ + annealing_steps_ / 8);
        }
        return false;
    }

    bool constructed(Existence& result) const {
        result.network = head_for_each_symbol(spec_);
        if (!result.network) return false;
        if (mistake(spec_, *result.network)) throw base::InternalError("a head for each symbol does not see the word");
        if (!spec_.network.strict_orders() && !number(result))
            throw base::InternalError("heads that look at one position each have no numbers");
        result.answer = verdict::Answer::holds;
        result.how = "a head for each symbol";
        return true;
    }

    bool extended(Existence& result) const {
        if (!options_.narrow) return false;
        if (options_.progress) options_.progress("building on smaller networks");
        base::Limits little = limits_;
        little.memory_bytes = std::min(little.memory_bytes, memory_of_a_part);
        const auto search_shortly = [&](const Specification& part) {
            return Contest(part, options_, little).run_shortly();
        };
        std::optional<Extension> extension = extend(spec_, *options_.library, search_shortly, options_.seed, limits_);
        if (!extension) return false;
        result.network = std::move(extension->network);
        if (!spec_.network.strict_orders() && !number(result)) return false;
        result.answer = verdict::Answer::holds;
        result.how = std::move(extension->how);
        result.extended = true;
        return true;
    }

    /// Gives false, and takes the network back, if its heads have no numbers.
    bool number(Existence& result) const {
        network::GuhatEvaluator evaluator(std::move(*result.network));
        result.network.reset();
        auto keys = network::number_keys(evaluator, spec_.network.mask == Mask::strict);
        if (!keys) return false;
        result.network = evaluator.guhat();
        result.scores = Scores{std::move(*keys), {}};
        return true;
    }

    bool bounded(Existence& result) const {
        if (options_.progress) options_.progress("bounds");
        std::optional<Existence> refuted = refute_by_bound(spec_, limits_);
        if (refuted) result = std::move(*refuted);
        return refuted.has_value();
    }

    void round(std::int64_t conflicts) {
        const auto one = [&](Contestant& c) { c.answer = c.solver->solve(limits_, conflicts); };
        if (options_.threads <= 1) {
            for (Contestant& c : contestants_) {
                if (options_.progress) options_.progress(fmt::format("{}: {} conflicts", c.name, conflicts));
                one(c);
                if (c.answer == logic::Answer::satisfiable || (c.answer == logic::Answer::unsatisfiable && c.whole))
                    return;
            }
            return;
        }
        base::in_parallel(static_cast<unsigned>(contestants_.size()), contestants_.size(),
                          [&](std::size_t k) { one(contestants_[k]); });
    }

    bool decided(Contestant& c, Existence& result) const {
        if (c.answer == logic::Answer::satisfiable) {
            result.answer = verdict::Answer::holds;
            result.network = decode(spec_, samples_, *c.encoding, *c.solver);
            if (!spec_.network.strict_orders()) result.scores = run_by_scores(spec_, samples_, *c.encoding, *c.solver);
        } else if (c.answer == logic::Answer::unsatisfiable && c.whole) {
            result.answer = verdict::Answer::fails;
            result.refutation = refute(c);
        } else {
            return false;
        }
        result.how = c.name;
        return true;
    }

    /// The formula with all cuts, solved once more from the beginning with a proof.
    Refutation refute(const Contestant& c) const {
        Refutation r{c.encoding->formula, c.solver->cuts().size(), breaks_, {}, {}, c.solver->solver_name()};
        for (const std::vector<Literal>& cut : c.solver->cuts()) r.formula.add(cut);
        if (!options_.proof) {
            r.no_proof = "no proof was asked for";
            return r;
        }
        if (options_.progress) options_.progress("making the proof");
        logic::LratRefutation made = logic::refute_with_lrat(r.formula, {options_.seed, c.aim}, limits_);
        r.proof = std::move(made.proof);
        r.no_proof = std::move(made.missing);
        r.solver = std::move(made.solver);
        return r;
    }

    const Specification& spec_;
    const SynthesisOptions& options_;
    const base::Limits& limits_;
    std::vector<Sample> samples_;
    std::vector<Break> breaks_;
    std::vector<Contestant> contestants_;
    std::vector<std::unique_ptr<Smaller>> smaller_;
    std::uint64_t annealings_ = 0, annealing_steps_ = first_annealing;
};

/// Of words that are too many for a search.
Existence without_words(const Specification& s, const SynthesisOptions& options, const base::Limits& limits) {
    if (options.bounds)
        if (auto refuted = refute_by_bound(s, limits)) return std::move(*refuted);
    Existence result;
    if (options.narrow && compose_parts(s, options, limits, result)) return result;
    const auto limit = limits.exceeded();
    result.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                  "no bound and no network of parts is known, and the words are too many for a search"};
    return result;
}

}  // namespace

std::optional<Existence> refute_by_bound(const Specification& s, const base::Limits& limits) {
    Existence result;
    result.answer = verdict::Answer::fails;
    if (may_be_listed(s) && bounded_by_restriction(s, limits)) {
        result.bound = Bound::restriction;
        result.how =
            fmt::format("fixing what the heads see: {} symbols settle any network of the class, but not the language",
                        *symbols_that_settle(s.network));
        return result;
    }
    if (s.network.layers < 2 || !s.network.positions_visible || !every_change_counts(s.language, s.length, limits))
        return std::nullopt;
    const bool peeled = bounded_by_peeling(s.network, s.length);
    if (peeled || bounded_by_counting(s.network, s.length)) {
        result.bound = peeled ? Bound::peeling : Bound::counting;
        result.how =
            "counting pairs of words that differ in one symbol: they are more than any network of the class tells "
            "apart";
        return result;
    }
    if (bounded_by_orders(s.network, s.length)) {
        result.bound = Bound::orders;
        result.how = "going through all orders in which the reader can prefer what positions hold";
        return result;
    }
    if (auto faces = bounded_by_faces(s.network, s.length)) {
        result.bound = Bound::faces;
        result.faces = std::move(*faces);
        result.how =
            "weighing faces of words: each has one that is taken last, more than any network of the class comes to";
        return result;
    }
    if (auto counting = bounded_after_restriction(s.network, s.length)) {
        result.bound = Bound::restricted_counting;
        result.counting = std::move(*counting);
        result.how = fmt::format(
            "fixing most symbols at random: of those that stay free more are left than the {} that any head "
            "of the class needs",
            result.counting.width);
        return result;
    }
    if (auto layers = bounded_by_layers(s.network, s.length, limits)) {
        result.bound = Bound::layers;
        result.layers = std::move(*layers);
        result.how = fmt::format("fixing symbols layer by layer: {} stay free, and {} settle what is read",
                                 result.layers.stages.back().free, s.network.heads * result.layers.stages.back().width);
        return result;
    }
    return std::nullopt;
}

std::optional<std::int64_t> least_bounded_length(Specification s, std::int64_t to, const base::Limits& limits) {
    const auto bounded = [&](std::int64_t n) {
        s.length = n;
        return s.language.defined_at(static_cast<std::uint64_t>(n)) && refute_by_bound(s, limits).has_value();
    };
    const std::int64_t from = s.length;
    for (std::int64_t n = from; n <= std::min(to, longest_one_by_one); ++n) {
        if (limits.exceeded()) return std::nullopt;
        if (bounded(n)) return n;
    }
    if (to <= longest_one_by_one) return std::nullopt;
    // Longer ones are halved: two layers have one least length.
    std::int64_t low = std::max(from, longest_one_by_one + 1), high = low;
    while (!bounded(high)) {
        if (high >= to || limits.exceeded()) return std::nullopt;
        low = high + 1;
        high = std::min(to, 2 * high);
    }
    while (low < high && !limits.exceeded()) {
        const std::int64_t middle = low + (high - low) / 2;
        if (bounded(middle)) high = middle;
        else low = middle + 1;
    }
    return high;
}

Existence search(const Specification& specification, const SynthesisOptions& options, const base::Limits& limits) {
    require_sound(specification);
    const auto begin = std::chrono::steady_clock::now();
    Existence result = may_be_listed(specification) ? Contest(specification, options, limits).run()
                                                    : without_words(specification, options, limits);
    if (result.network) options.library->add(specification, *result.network);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return result;
}

}  // namespace attest::threshold
