#include "attest/influence/study.hpp"

#include <algorithm>

#include "attest/influence/search.hpp"
#include "attest/soft/blowup.hpp"

namespace attest::influence {

namespace {

/// What one replacement in one word does.
Change enclose(const Network& network, const language::Word& word, std::int64_t position, language::Symbol to) {
    const language::Symbol from = word[static_cast<std::size_t>(position - 1)];
    const Network pinned = pin(network, word, position);
    Counts one{1, std::vector<std::int64_t>(network.symbols, 0), std::vector<std::int64_t>(network.symbols, 0)};
    one.least[from] = one.most[from] = 1;
    return enclose_change(pinned, pinned.roots, one, {from, to});
}

/// What stands for the one class whose symbol is replaced.
Interval only(const std::vector<Box>& by_class) {
    for (const Box& box : by_class)
        if (!box.empty()) return box[0];
    return {};
}

std::optional<Witness> enclose(const Network& network, const Found& found) {
    const auto position = static_cast<std::int64_t>(found.position) + 1;
    return Witness{found.word, position, found.to, only(enclose(network, found.word, position, found.to).by_class)};
}

std::optional<Witness> better(std::optional<Witness> a, std::optional<Witness> b) {
    if (!a) return b;
    return b && b->change.mignitude() > a->change.mignitude() ? b : a;
}

}  // namespace

double Study::ratio() const {
    if (certified.bound == 0) return 1;
    return certified.bound / reached();
}

namespace {

/// Both are true: what they say together.
template <typename Other>  // Certified or Enumerated
void narrow(Certified& certified, const Other& all) {
    certified.bound = std::min(certified.bound, all.bound);
    for (std::size_t p = 0; p < all.by_position.size(); ++p) certified.by_position[p] = std::min(certified.by_position[p], all.by_position[p]);
    certified.logit = intersect(certified.logit, all.logit);
}

/// Boxes first, with little effort: where only counts matter they are points, and show a word as well as a bound. Then all
/// words, where they are few; else words by search, and boxes again with more effort.
class Inquiry {
  public:
    Inquiry(const model::Transformer& transformer, std::int64_t length, const StudyOptions& options, const base::Limits& limits)
        : t_(transformer), length_(length), options_(options), limits_(limits), network_(instantiate(transformer, length, limits.memory_bytes)) {}

    Study run() {
        result_.lemma = lemma_five(network_);
        result_.certified = by_boxes(network_, std::min<std::uint64_t>(options_.most_work, 20'000'000));
        if (!near()) by_enumeration();
        if (!near()) by_search();
        if (!near()) again_by_boxes();
        if (result_.witness) look_at(*result_.witness);
        return std::move(result_);
    }

  private:
    bool near() const { return result_.ratio() <= near_enough || result_.is_exact(); }

    Certified by_boxes(const Network& network, std::uint64_t most_work) {
        CertifyOptions options;
        options.near_enough = near_enough;
        options.threads = options_.threads;
        options.most_work = most_work;
        options.reached = result_.reached();
        Certified certified = certify(network, options, limits_);
        if (result_.enumerated) narrow(certified, *result_.enumerated);
        result_.witness = better(result_.witness, certified.witness);
        return certified;
    }
    /// With more effort, and in coordinates that are made for it.
    void again_by_boxes() {
        const auto functionals = instantiate_functionals(t_, length_, limits_.memory_bytes);
        if (functionals) narrow(result_.certified, by_boxes(*functionals, options_.most_work));
        else result_.certified = by_boxes(network_, options_.most_work);
    }
    void by_enumeration() {
        result_.enumerated = enumerate(t_, length_, options_.most_balls, limits_);
        if (!result_.enumerated) return;
        narrow(result_.certified, *result_.enumerated);
        result_.witness = better(result_.witness, result_.enumerated->witness);
    }
    void by_search() {
        const FloatNetwork floats(t_, length_, limits_.memory_bytes);
        SearchOptions options;
        options.seed = options_.seed;
        options.most_operations = options_.most_operations;
        options.readout = network_.readout - network_.first_symbol + 1;
        if (result_.witness) options.start.push_back(result_.witness->word);
        if (const auto found = search(floats, network_.symbols, options, limits_)) result_.witness = better(result_.witness, enclose(network_, *found));
    }

    /// What else the witness shows.
    void look_at(const Witness& witness) {
        const Change change = enclose(network_, witness.word, witness.position, witness.to);
        result_.distance = only(change.distance);
        result_.norm_change = only(change.norm_change);
        if (result_.enumerated) {
            result_.blowup = result_.enumerated->blowup;
            return;
        }
        if (!has_norm(t_)) return;
        language::Word other = witness.word;
        other[static_cast<std::size_t>(witness.position - 1)] = witness.to;
        for (const language::Word* word : {&witness.word, static_cast<const language::Word*>(&other)}) {
            const Interval here = exact::to_interval(soft::blowup(t_, *word, 128).product);
            result_.blowup = {std::max(result_.blowup.lo, here.lo), std::max(result_.blowup.hi, here.hi)};
        }
    }

    static constexpr double near_enough = 1.02;

    const model::Transformer& t_;
    const std::int64_t length_;
    const StudyOptions& options_;
    const base::Limits& limits_;
    const Network network_;
    Study result_;
};

}  // namespace

Study study(const model::Transformer& transformer, std::int64_t length, const StudyOptions& options, const base::Limits& limits) {
    return Inquiry(transformer, length, options, limits).run();
}

}  // namespace attest::influence
