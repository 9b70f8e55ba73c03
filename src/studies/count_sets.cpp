#include <array>
#include <bit>

#include "studies/reliability_ways.hpp"

// The first six edges are told by the place of a bit in a word, the others by the number of the word; so reachability in 64
// graphs at a time is a search by AND and OR. An edge decides for a set of the others if the set works with it and not without.
// Sets that work stay so with more edges, so the sets of k others for which e decides are as many as the working sets of
// k + 1 that hold e, less the working ones of k that do not.

namespace attest::studies {

namespace {

constexpr std::size_t inner = 6;  ///< edges by place

constexpr std::array<std::uint64_t, inner> place_pattern = {0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0,
                                                            0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};

/// The places whose number has so many bits set.
std::array<std::uint64_t, inner + 1> places_by_count() {
    std::array<std::uint64_t, inner + 1> masks{};
    for (unsigned place = 0; place < 64; ++place) masks[std::popcount(place)] |= std::uint64_t{1} << place;
    return masks;
}

class SetCounter {
  public:
    explicit SetCounter(const KnowledgeGraph& graph)
        : graph_(graph),
          edges_(graph.edges.size()),
          working_(edges_ + 1, 0),
          holding_(edges_, std::vector<std::uint64_t>(edges_ + 1, 0)),
          present_(edges_),
          reached_(graph.vertices.size()) {}

    /// False where a limit came first.
    bool run(const base::Limits& limits) {
        const std::size_t places = std::min(edges_, inner);
        const std::uint64_t used = places == inner ? ~std::uint64_t{0} : (std::uint64_t{1} << (1U << places)) - 1;
        const std::uint64_t words = edges_ <= inner ? 1 : std::uint64_t{1} << (edges_ - inner);
        for (std::uint64_t word = 0; word < words; ++word) {
            if (word % 1024 == 0 && limits.exceeded()) return false;
            count(connected(word) & used, word);
        }
        return true;
    }

    Reliability result() const {
        Reliability found;
        for (const std::uint64_t count : working_) found.working.emplace_back(static_cast<unsigned long>(count));
        for (const std::vector<std::uint64_t>& holding : holding_) {
            std::vector<mpz_class>& decides = found.pivotal.emplace_back();
            for (std::size_t k = 0; k < edges_; ++k)
                decides.emplace_back(static_cast<unsigned long>(holding[k + 1] + holding[k] - working_[k]));
        }
        return found;
    }

  private:
    /// In which of 64 graphs there is a path.
    std::uint64_t connected(std::uint64_t word) {
        for (std::size_t e = 0; e < edges_; ++e)
            present_[e] = e < inner ? place_pattern[e] : (word >> (e - inner) & 1) != 0 ? ~std::uint64_t{0} : 0;
        std::fill(reached_.begin(), reached_.end(), 0);
        reached_[graph_.query->first] = ~std::uint64_t{0};
        for (bool grows = true; grows;) {
            grows = false;
            for (std::size_t e = 0; e < edges_; ++e) {
                const auto [from, to] = graph_.edges[e];
                grows |= pass(from, to, present_[e]);
                if (!graph_.directed) grows |= pass(to, from, present_[e]);
            }
        }
        return reached_[graph_.query->second];
    }

    bool pass(std::size_t from, std::size_t to, std::uint64_t along) {
        const std::uint64_t before = reached_[to];
        reached_[to] |= reached_[from] & along;
        return reached_[to] != before;
    }

    void count(std::uint64_t works, std::uint64_t word) {
        static const std::array<std::uint64_t, inner + 1> by_count = places_by_count();
        if (works == 0) return;
        const auto outer = static_cast<std::size_t>(std::popcount(word));
        for (std::size_t k = 0; k <= std::min(inner, edges_); ++k) {
            const std::uint64_t these = works & by_count[k];
            const auto number = static_cast<std::uint64_t>(std::popcount(these));
            working_[outer + k] += number;
            for (std::size_t e = 0; e < std::min(inner, edges_); ++e)
                holding_[e][outer + k] += static_cast<std::uint64_t>(std::popcount(these & place_pattern[e]));
            for (std::size_t e = inner; e < edges_; ++e)
                if ((word >> (e - inner) & 1) != 0) holding_[e][outer + k] += number;
        }
    }

    const KnowledgeGraph& graph_;
    std::size_t edges_;
    std::vector<std::uint64_t> working_;               ///< sets with a path, by number of edges
    std::vector<std::vector<std::uint64_t>> holding_;  ///< those that hold an edge, likewise
    std::vector<std::uint64_t> present_, reached_;
};

}  // namespace

std::variant<Reliability, verdict::Undecided> count_sets(const KnowledgeGraph& graph, const base::Limits& limits) {
    SetCounter counter(graph);
    if (!counter.run(limits))
        return verdict::Undecided{verdict::reason_of(limits.exceeded().value_or(base::Limit::deadline)),
                                  "not all sets of edges were gone through"};
    return counter.result();
}

}  // namespace attest::studies
