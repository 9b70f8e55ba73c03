#include "attest/influence/study.hpp"

#include <algorithm>

#include "attest/influence/search.hpp"

namespace attest::influence {

namespace {

/// The change that a found replacement makes, in intervals.
std::optional<Witness> enclose(const Network& network, const Found& found) {
    const language::Symbol from = found.word[found.position];
    const auto position = static_cast<std::int64_t>(found.position) + 1;
    const Network pinned = pin(network, found.word, position);
    Counts one{1, std::vector<std::int64_t>(network.symbols, 0), std::vector<std::int64_t>(network.symbols, 0)};
    one.least[from] = one.most[from] = 1;
    const Change change = enclose_change(pinned, pinned.roots, one, {from, found.to});
    for (const Box& box : change.by_class)
        if (!box.empty()) return Witness{found.word, position, found.to, box[0]};
    return std::nullopt;
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
void narrow(Certified& certified, const Enumerated& all) {
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
        by_boxes(std::min<std::uint64_t>(options_.most_work, 20'000'000));
        if (!near()) by_enumeration();
        if (!near()) by_search();
        if (!near()) by_boxes(options_.most_work);
        return std::move(result_);
    }

  private:
    bool near() const { return result_.ratio() <= near_enough || result_.is_exact(); }

    void by_boxes(std::uint64_t most_work) {
        CertifyOptions options;
        options.near_enough = near_enough;
        options.threads = options_.threads;
        options.most_work = most_work;
        options.reached = result_.reached();
        result_.certified = certify(network_, options, limits_);
        if (result_.enumerated) narrow(result_.certified, *result_.enumerated);
        result_.witness = better(result_.witness, result_.certified.witness);
    }
    void by_enumeration() {
        result_.enumerated = enumerate(t_, length_, options_.most_balls, limits_);
        if (!result_.enumerated) return;
        narrow(result_.certified, *result_.enumerated);
        result_.witness = better(result_.witness, result_.enumerated->witness);
    }
    void by_search() {
        const FloatNetwork floats(t_, length_, limits_.memory_bytes);
        if (floats.operations() > options_.most_operations) return;
        SearchOptions options;
        options.seed = options_.seed;
        options.most_operations = options_.most_operations;
        options.readout = network_.readout - network_.first_symbol + 1;
        if (result_.witness) options.start.push_back(result_.witness->word);
        if (const auto found = search(floats, network_.symbols, options, limits_)) result_.witness = better(result_.witness, enclose(network_, *found));
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
