// A piece asks from positions of its own and looks only at these, because each asking position has orders of its own: its
// lists go over with positions and values renamed, ended by its first position, which is what its heads fall back to.
// Values are renamed by running: where the new ones know more than the old (tuples for activations, a pair more for a
// head more) an old value becomes several.

#include "graft.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "attest/decide/threshold/witness.hpp"

namespace attest::threshold {

namespace {

using network::Pair;
using network::ValueId;

/// A limit was met: caught in this file.
struct GraftStopped {};

constexpr std::size_t words_between_looks = 1024;  ///< at the clock

/// One piece on one of its words.
struct Run {
    network::GuhatTrace trace;
    bool accepted = false;
    std::vector<ValueId> now;  ///< the new values, by old position
};

class Graft {
  public:
    Graft(const Specification& specification, const base::Limits& limits)
        : spec_(specification), limits_(limits), new_(blank_network(specification)) {}

    std::optional<network::Guhat> run(const Piece& reader, const std::vector<Piece>& helpers) {
        const std::int64_t own_heads = reader.network->layers == new_.layers ? reader.network->heads : 0;
        const std::set<ValueId> asking = transplant(reader, helpers.empty() ? new_.heads : own_heads);
        for (std::size_t t = 0; t < helpers.size(); ++t) {
            const std::set<ValueId> told = transplant(helpers[t], new_.heads);
            for (const ValueId value : asking) {
                auto& prefer = new_.attention[{new_.layers, own_heads + static_cast<std::int64_t>(t) + 1,
                                               new_.positions(), value}];
                for (const ValueId v : told) prefer.push_back({helpers[t].reader(), v});
            }
        }
        return accepting();
    }

  private:
    void look_at_clock() {
        if (++looks_ % words_between_looks == 0 && limits_.exceeded()) throw GraftStopped{};
    }

    /// Gives the values that its reader may hold before the last layer. `heads`: of the last layer, if it has that.
    std::set<ValueId> transplant(const Piece& piece, std::int64_t heads) {
        network::GuhatEvaluator old(*piece.network);
        std::vector<Run> runs = run_all(old);
        const std::int64_t layers = piece.network->layers;
        std::set<ValueId> before_last;
        for (std::int64_t l = 1; l <= layers; ++l) {
            if (l == new_.layers) before_last = held_by_reader(runs);
            layer(piece, old.guhat(), runs, l, l == new_.layers ? heads : new_.heads);
        }
        return layers < new_.layers ? held_by_reader(runs) : before_last;
    }

    std::vector<Run> run_all(network::GuhatEvaluator& old) {
        std::vector<Run> runs;
        language::Word word(static_cast<std::size_t>(old.guhat().length), 0);
        do {
            look_at_clock();
            Run run;
            run.accepted = old.accepts(word, &run.trace);
            for (const language::Symbol s : word) run.now.push_back(new_.values.symbol(s));
            for (const ValueId own : readers(old.guhat())) {
                runs.push_back(run);
                if (old.guhat().end) runs.back().now.push_back(own);
            }
        } while (language::next_word(word, new_.alphabet));
        return runs;
    }

    /// What the reader may hold besides the piece's word: where that had an end symbol, it may be any symbol.
    std::vector<ValueId> readers(const network::Guhat& old) {
        if (!old.end || new_.end) return {new_.values.symbol(new_.alphabet.size())};
        std::vector<ValueId> all;
        for (std::uint64_t a = 0; a < new_.alphabet.size(); ++a) all.push_back(new_.values.symbol(a));
        return all;
    }

    static std::set<ValueId> held_by_reader(const std::vector<Run>& runs) {
        std::set<ValueId> held;
        for (const Run& r : runs) held.insert(r.now.back());
        return held;
    }

    void layer(const Piece& piece, const network::Guhat& old, std::vector<Run>& runs, std::int64_t l,
               std::int64_t heads) {
        became_.clear();
        for (const Run& r : runs)
            for (std::size_t p = 0; p < r.now.size(); ++p)
                became_[{static_cast<std::int64_t>(p) + 1, *r.trace.held[static_cast<std::size_t>(l - 1)][p]}].insert(
                    r.now[p]);
        for (Run& r : runs) {
            look_at_clock();
            const std::vector<ValueId> before = r.now;
            for (std::size_t p = l == old.layers ? before.size() - 1 : 0; p < before.size(); ++p) {
                std::vector<Pair> attended;
                for (std::int64_t h = 1; h <= heads; ++h) {
                    const std::int64_t from = std::min(h, old.heads);
                    write_list(
                        piece, old,
                        {l, from, static_cast<std::int64_t>(p) + 1, *r.trace.held[static_cast<std::size_t>(l - 1)][p]},
                        {l, h, piece.positions[p], before[p]});
                    const auto q = static_cast<std::size_t>(
                        r.trace.attended[static_cast<std::size_t>(l - 1)][static_cast<std::size_t>(from - 1)][p] - 1);
                    attended.push_back({piece.positions[q], before[q]});
                }
                if (l < new_.layers)
                    r.now[p] = value_after(l, piece.positions[p], new_.values.tuple(before[p], attended), r, p, old);
            }
        }
    }

    /// What a bounded layer makes of a tuple is what the piece made of it, and where the piece answers, its answer.
    ValueId value_after(std::int64_t l, std::int64_t position, ValueId tuple, const Run& r, std::size_t p,
                        const network::Guhat& old) {
        if (!new_.bounded(l)) return tuple;
        std::uint64_t becomes =
            l == old.layers ? (r.accepted ? 1 : 0) : old.values.number(*r.trace.held[static_cast<std::size_t>(l)][p]);
        if (p + 1 == r.now.size() && old.end && !new_.end) becomes = with_own_symbol(becomes, l, r, old);
        if (becomes != 0) new_.activation[{l, position, tuple}] = static_cast<std::int64_t>(becomes);
        return new_.values.activation(becomes);
    }

    /// A reader in the place of an end symbol keeps its own symbol beside what the piece made, where both can be held.
    std::uint64_t with_own_symbol(std::uint64_t becomes, std::int64_t l, const Run& r,
                                  const network::Guhat& old) const {
        const std::uint64_t own =
            l == 1 ? new_.values.number(r.now.back()) : new_.values.number(r.now.back()) % new_.alphabet.size();
        const std::int64_t values = l == old.layers ? 2 : *old.activations;
        const bool both =
            static_cast<std::uint64_t>(values) * new_.alphabet.size() <= static_cast<std::uint64_t>(*new_.activations);
        return both ? becomes * new_.alphabet.size() + own : becomes;
    }

    void write_list(const Piece& piece, const network::Guhat& old, const network::Guhat::Asking& from,
                    const network::Guhat::Asking& to) {
        const auto [place, fresh] = new_.attention.try_emplace(to);
        if (!fresh) return;
        if (const auto list = old.attention.find(from); list != old.attention.end())
            for (const Pair& pair : list->second) append(place->second, piece, pair);
        for (auto at = became_.begin(); at != became_.end() && at->first.position == 1; ++at)
            append(place->second, piece, at->first);
    }

    void append(std::vector<Pair>& prefer, const Piece& piece, const Pair& old) const {
        const auto values = became_.find(old);
        if (values == became_.end()) return;
        for (const ValueId v : values->second) {
            const Pair pair{piece.positions[static_cast<std::size_t>(old.position - 1)], v};
            if (std::find(prefer.begin(), prefer.end(), pair) == prefer.end()) prefer.push_back(pair);
        }
    }

    std::optional<network::Guhat> accepting() {
        network::GuhatEvaluator evaluator(std::move(new_));
        std::map<ValueId, bool> ends;
        for (const Sample& sample : samples(spec_)) {
            look_at_clock();
            if (ends.try_emplace(evaluator.final_value(sample.word), sample.accepted).first->second != sample.accepted)
                return std::nullopt;
        }
        network::Guhat network = evaluator.guhat();
        for (const auto& [value, accepted] : ends)
            if (accepted) network.accept.insert(value);
        return network;
    }

    const Specification& spec_;
    const base::Limits& limits_;
    network::Guhat new_;
    std::map<Pair, std::set<ValueId>> became_;  ///< before the layer at hand: old position and value → new values
    std::size_t looks_ = 0;
};

}  // namespace

std::optional<network::Guhat> graft(const Specification& specification, const Piece& reader,
                                    const std::vector<Piece>& helpers, const base::Limits& limits) {
    try {
        return Graft(specification, limits).run(reader, helpers);
    } catch (const GraftStopped&) {
        return std::nullopt;
    }
}

}  // namespace attest::threshold
