#include "pair_graph.hpp"

#include <algorithm>
#include <set>

#include "language/classify/classes.hpp"

namespace attest::classify {

namespace {

using language::Symbol;
using language::Word;

/// Breadth-first search over vertices of a graph with the length of the path modulo g.
class LengthSearch {
  public:
    LengthSearch(const std::vector<std::uint32_t>& edges, std::size_t letters, std::uint32_t g)
        : edges_(edges), letters_(letters), g_(g), from_(edges.size() / letters * g, unseen) {}

    void begin_at(std::uint32_t v) {
        if (from_[v * g_] != unseen) return;
        from_[v * g_] = v * g_;
        queue_.push_back(v * g_);
    }

    void run() {
        for (std::size_t k = 0; k < queue_.size(); ++k) {
            const std::uint64_t v = queue_[k] / g_, length = queue_[k] % g_;
            for (std::size_t a = 0; a < letters_; ++a) {
                const std::uint64_t w = edges_[v * letters_ + a] * std::uint64_t{g_} + (length + 1) % g_;
                if (from_[w] != unseen) continue;
                from_[w] = queue_[k] * letters_ + a;
                queue_.push_back(w);
            }
        }
    }

    bool reaches(std::uint32_t v, std::uint64_t length) const { return from_[v * g_ + length % g_] != unseen; }

    /// The letters of a path, and where it begins.
    std::pair<Word, std::uint32_t> path(std::uint32_t v, std::uint64_t length) const {
        Word word;
        std::uint64_t at = v * std::uint64_t{g_} + length % g_;
        // A root is its own predecessor; other vertices hold theirs with the letter.
        while (!is_root(at)) {
            word.push_back(static_cast<Symbol>(from_[at] % letters_));
            at = from_[at] / letters_;
        }
        std::reverse(word.begin(), word.end());
        return {word, static_cast<std::uint32_t>(at / g_)};
    }

    void mark_roots() { roots_.assign(queue_.begin(), queue_.end()); }

  private:
    static constexpr std::uint64_t unseen = UINT64_MAX;
    bool is_root(std::uint64_t at) const { return std::find(roots_.begin(), roots_.end(), at) != roots_.end(); }

    const std::vector<std::uint32_t>& edges_;
    std::size_t letters_;
    std::uint32_t g_;
    std::vector<std::uint64_t> from_, queue_, roots_;
};

/// One pair of letters, with the pairs of states between them.
class Letters {
  public:
    Letters(const Table& table, const PairGraph& graph, Symbol a, Symbol b)
        : table_(table), graph_(graph), a_(a), b_(b) {}

    std::optional<Exchange> find(const Components& parts, const Periods& lengths) const {
        const std::set<std::uint32_t> periods(lengths.period.begin(), lengths.period.end());
        for (const std::uint32_t g : periods) {
            if (g == 0) continue;
            const LengthSearch to = starts(g);
            std::vector<bool> seen(parts.count, false);  // any vertex of a component stands for all
            for (std::uint32_t v = 0; v < graph_.size(); ++v) {
                if (lengths.period[parts.of[v]] != g || seen[parts.of[v]]) continue;
                seen[parts.of[v]] = true;
                if (const auto found = through(v, g, to)) return found;
            }
        }
        return std::nullopt;
    }

  private:
    LengthSearch starts(std::uint32_t g) const {
        LengthSearch search(graph_.edges(), table_.letters, g);
        for (State q = 0; q < table_.states; ++q) search.begin_at(graph_.node(table_.at(q, a_), table_.at(q, b_)));
        search.mark_roots();
        search.run();
        return search;
    }

    bool differs(std::uint32_t v) const {
        const auto [p, r] = graph_.pair(v);
        return table_.at(p, b_) != table_.at(r, a_);
    }

    std::optional<Exchange> through(std::uint32_t v, std::uint32_t g, const LengthSearch& to) const {
        std::vector<std::uint32_t> arrivals;
        for (std::uint32_t f = 0; f < g; ++f)
            if (to.reaches(v, f)) arrivals.push_back(f);
        if (arrivals.empty()) return std::nullopt;
        LengthSearch on(graph_.edges(), table_.letters, g);
        on.begin_at(v);
        on.mark_roots();
        on.run();
        for (std::uint32_t w = 0; w < graph_.size(); ++w) {
            if (!differs(w)) continue;
            for (const std::uint32_t f : arrivals)
                if (on.reaches(w, 2 * g - 1 - f)) return words(v, w, f, g, to, on);
        }
        return std::nullopt;
    }

    /// Makes the way around longer by cycles, until the cycle's length divides that of the whole.
    Exchange words(std::uint32_t v, std::uint32_t w, std::uint32_t arrival, std::uint32_t g, const LengthSearch& to,
                   const LengthSearch& on) const {
        auto [before, root] = to.path(v, arrival);
        const Word after = on.path(w, 2 * g - 1 - arrival).first;
        Word cycle = shortest_cycle(v);
        const auto length = static_cast<std::uint32_t>(cycle.size());
        LengthSearch around(graph_.edges(), table_.letters, length);
        around.begin_at(v);
        around.mark_roots();
        around.run();
        const std::size_t missing = (length - (before.size() + after.size() + 1) % length) % length;
        const Word more = around.path(v, missing).first;
        before.insert(before.end(), more.begin(), more.end());
        State from = 0;
        while (graph_.node(table_.at(from, a_), table_.at(from, b_)) != root) ++from;
        return {from, a_, b_, before, std::move(cycle), after};
    }

    Word shortest_cycle(std::uint32_t v) const {
        std::vector<std::uint64_t> from(graph_.size(), UINT64_MAX);
        std::vector<std::uint32_t> queue{v};
        for (std::size_t k = 0; k < queue.size(); ++k)
            for (Symbol a = 0; a < table_.letters; ++a) {
                const std::uint32_t w = graph_.edges()[queue[k] * table_.letters + a];
                if (from[w] != UINT64_MAX) continue;
                from[w] = queue[k] * std::uint64_t{table_.letters} + a;
                if (w != v) {
                    queue.push_back(w);
                    continue;
                }
                Word word;
                std::uint32_t at = v;
                do {
                    word.push_back(static_cast<Symbol>(from[at] % table_.letters));
                    at = static_cast<std::uint32_t>(from[at] / table_.letters);
                } while (at != v);
                std::reverse(word.begin(), word.end());
                return word;
            }
        return {};
    }

    const Table& table_;
    const PairGraph& graph_;
    Symbol a_, b_;
};

}  // namespace

PairGraph::PairGraph(const Table& table) : states_(table.states) {
    edges_.reserve(size() * table.letters);
    for (State p = 0; p < states_; ++p)
        for (State r = 0; r < states_; ++r)
            for (Symbol a = 0; a < table.letters; ++a) edges_.push_back(node(table.at(p, a), table.at(r, a)));
}

std::optional<Exchange> find_exchange(const Table& table) {
    const PairGraph graph(table);
    const Components parts = components(graph.edges(), table.letters);
    const Periods lengths = periods(graph.edges(), table.letters, parts);
    for (Symbol a = 0; a < table.letters; ++a)
        for (Symbol b = a + 1; b < table.letters; ++b)
            if (auto found = Letters(table, graph, a, b).find(parts, lengths)) return found;
    return std::nullopt;
}

bool letters_exchange(const Table& table) { return !find_exchange(table); }

}  // namespace attest::classify
