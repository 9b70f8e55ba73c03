// One network of pieces: tables that were found for parts of a word are put together to tables for the whole word.
//
// Statement. Let pieces stand on disjoint positions of a longer sequence. Then there are tables for it in which every
// position of a piece goes through the same steps as in the piece, layer by layer, and in whose last layer the reader can
// look at what each helper has found.
//
// Why. In these classes each asking position, with the value that it holds, has a preference of its own. So the
// lists of a piece go over with positions and values renamed, and its heads look at its own positions only: a list is
// ended by the piece's first position, with all values that may stand there, which is what a head without a list falls back
// to. Values are renamed by running all words of the piece: the new ones may know more than the old (a tuple in place
// of an activation, a pair more for each head more), so an old value may become several, and a pair in a list becomes
// all of them, in its place. Whether what the reader ends with decides the word is not argued but tried, on all words.
//
// Source  ours

#include "graft.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "decide/threshold/witness.hpp"

namespace attest::threshold {

namespace {

using network::Pair;
using network::ValueId;

/// A limit was met: caught in this file.
struct GraftStopped {};

constexpr std::size_t words_between_looks = 1024;  ///< at the clock

/// One piece on one of its words. Positions of the piece are counted from 0 here, layers and heads from 1.
struct Run {
    network::GuhatTrace trace;
    bool accepted = false;
    std::vector<ValueId> now;  ///< the new values, by position

    ValueId held_before(std::int64_t layer, std::size_t p) const {
        return *trace.held[static_cast<std::size_t>(layer - 1)][p];
    }
    std::size_t looks(std::int64_t layer, std::int64_t head, std::size_t p) const {
        const auto l = static_cast<std::size_t>(layer - 1), h = static_cast<std::size_t>(head - 1);
        return static_cast<std::size_t>(trace.attended[l][h][p] - 1);
    }
};

/// One layer of a piece that goes over.
struct Stage {
    const Piece& piece;
    const network::Guhat& old;
    std::int64_t layer;
    std::int64_t heads;      ///< in the new tables: those that the piece lacks do what its last one does
    std::int64_t later = 0;  ///< by how many layers it comes later in the new tables

    bool is_last() const { return layer == old.layers; }
    std::int64_t new_layer() const { return layer + later; }
};

class Graft {
  public:
    Graft(const Specification& specification, const base::Limits& limits)
        : spec_(specification), limits_(limits), new_(blank_network(specification)) {}

    /// The reader's own heads come first in the last layer, then one for each helper, then one for each peeling.
    std::optional<network::Guhat> run(const Piece& reader, const std::vector<Piece>& helpers,
                                      const std::vector<Peeling>& peelings) {
        const std::int64_t own_heads = reader.network->layers == new_.layers ? reader.network->heads : 0;
        const bool alone = helpers.empty() && peelings.empty();
        const std::set<ValueId> asking = transplant(reader, alone ? new_.heads : own_heads);
        for (std::size_t t = 0; t < helpers.size(); ++t) {
            const std::set<ValueId> told = transplant(helpers[t], new_.heads);
            for (const ValueId value : asking) {
                auto& prefer = new_.attention[{new_.layers, own_heads + static_cast<std::int64_t>(t) + 1,
                                               new_.positions(), value}];
                for (const ValueId v : told) prefer.push_back({helpers[t].reader(), v});
            }
        }
        std::int64_t head = own_heads + static_cast<std::int64_t>(helpers.size());
        for (const Peeling& p : peelings) transplant(p, ++head, asking);
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
            note_what_values_became(runs, l);
            const Stage stage{piece, old.guhat(), l, l == new_.layers ? heads : new_.heads};
            for (Run& r : runs) take_over(stage, r);
        }
        return layers < new_.layers ? held_by_reader(runs) : before_last;
    }

    /// All layers but the last go over, and of that the reader's list to `head`.
    void transplant(const Peeling& peeling, std::int64_t head, const std::set<ValueId>& asking) {
        network::GuhatEvaluator old(*peeling.network);
        Piece piece{peeling.network, {}};
        for (const auto& group : peeling.groups) piece.positions.push_back(group.front());
        std::vector<Run> runs = run_all(old, peeling);
        const std::int64_t last = peeling.network->layers;
        for (std::int64_t l = 1; l < last; ++l) {
            note_what_values_became(runs, l);
            const Stage stage{piece, old.guhat(), l, new_.heads, peeling.adds() ? 1 : 0};
            for (Run& r : runs) take_over(stage, r);
        }
        note_what_values_became(runs, last);
        const ValueId own = runs.front().held_before(last, piece.positions.size());
        for (const ValueId value : asking) {
            auto& prefer = new_.attention[{new_.layers, head, new_.positions(), value}];
            for (const Pair& pair : old.guhat().attention.at({last, 1, old.guhat().positions(), own}))
                append(prefer, piece, pair);
        }
    }

    /// On all words of the groups; the new values are those of the symbols of the network, not of its reader.
    std::vector<Run> run_all(network::GuhatEvaluator& old, const Peeling& peeling) {
        std::size_t symbols = 0;
        for (const auto& group : peeling.groups) symbols += group.size();
        std::vector<Run> runs;
        language::Word word(symbols, 0);
        do {
            look_at_clock();
            Run run;
            language::Word sums;
            for (auto from = word.begin(); const auto& group : peeling.groups) {
                const auto to = from + static_cast<std::ptrdiff_t>(group.size());
                sums.push_back(std::accumulate(from, to, language::Symbol{0}) % 2);
                run.now.push_back(peeling.adds() ? sum_of(group, {from, to}) : new_.values.symbol(*from));
                from = to;
            }
            run.accepted = old.accepts(sums, &run.trace);
            runs.push_back(std::move(run));
        } while (language::next_word(word, new_.alphabet));
        return runs;
    }

    /// The first layer where symbols are added: what the first position of the group holds then.
    ValueId sum_of(const std::vector<std::int64_t>& group, const language::Word& symbols) {
        const ValueId own = new_.values.symbol(symbols[0]);
        std::vector<Pair> attended;
        for (std::int64_t h = 1; h <= new_.heads; ++h) {
            const auto k = std::min(static_cast<std::size_t>(h), group.size() - 1);
            attended.push_back({group[k], new_.values.symbol(symbols[k])});
            auto& prefer = new_.attention[{1, h, group[0], own}];
            if (prefer.empty())
                for (std::uint64_t a = 0; a < new_.alphabet.size(); ++a)
                    prefer.push_back({group[k], new_.values.symbol(a)});
        }
        const ValueId tuple = new_.values.tuple(own, attended);
        if (!new_.bounded(1)) return tuple;
        const std::uint64_t sum = std::accumulate(symbols.begin(), symbols.end(), language::Symbol{0}) % 2;
        if (sum != 0) new_.activation[{1, group[0], tuple}] = static_cast<std::int64_t>(sum);
        return new_.values.activation(sum);
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

    void note_what_values_became(const std::vector<Run>& runs, std::int64_t l) {
        became_.clear();
        for (const Run& r : runs)
            for (std::size_t p = 0; p < r.now.size(); ++p)
                became_[{static_cast<std::int64_t>(p) + 1, r.held_before(l, p)}].insert(r.now[p]);
    }

    /// One layer on one word: the lists of all who ask, and the values that they come to.
    void take_over(const Stage& stage, Run& r) {
        look_at_clock();
        const std::vector<ValueId> before = r.now;
        for (std::size_t p = stage.is_last() ? before.size() - 1 : 0; p < before.size(); ++p) {
            std::vector<Pair> attended;
            for (std::int64_t h = 1; h <= stage.heads; ++h) {
                const std::int64_t from = std::min(h, stage.old.heads);
                write_list(stage, {stage.layer, from, static_cast<std::int64_t>(p) + 1, r.held_before(stage.layer, p)},
                           {stage.new_layer(), h, stage.piece.positions[p], before[p]});
                const std::size_t q = r.looks(stage.layer, from, p);
                attended.push_back({stage.piece.positions[q], before[q]});
            }
            if (stage.new_layer() < new_.layers)
                r.now[p] = value_after(stage, new_.values.tuple(before[p], attended), r, p);
        }
    }

    /// What a bounded layer makes of a tuple is what the piece made of it, and where the piece answers, its answer.
    ValueId value_after(const Stage& stage, ValueId tuple, const Run& r, std::size_t p) {
        if (!new_.bounded(stage.new_layer())) return tuple;
        std::uint64_t becomes =
            stage.is_last() ? (r.accepted ? 1 : 0) : stage.old.values.number(r.held_before(stage.layer + 1, p));
        if (p + 1 == r.now.size() && stage.old.end && !new_.end) becomes = with_own_symbol(becomes, stage, r);
        if (becomes != 0)
            new_.activation[{stage.new_layer(), stage.piece.positions[p], tuple}] = static_cast<std::int64_t>(becomes);
        return new_.values.activation(becomes);
    }

    /// A reader in the place of an end symbol keeps its own symbol beside what the piece made, where both can be held.
    std::uint64_t with_own_symbol(std::uint64_t becomes, const Stage& stage, const Run& r) const {
        const std::uint64_t number = new_.values.number(r.now.back());
        const std::uint64_t own = stage.layer == 1 ? number : number % new_.alphabet.size();
        const std::int64_t values = stage.is_last() ? 2 : *stage.old.activations;
        const bool both =
            static_cast<std::uint64_t>(values) * new_.alphabet.size() <= static_cast<std::uint64_t>(*new_.activations);
        return both ? becomes * new_.alphabet.size() + own : becomes;
    }

    /// The list of one who asks, renamed, then the piece's first position.
    void write_list(const Stage& stage, const network::Guhat::Asking& from, const network::Guhat::Asking& to) {
        const auto [place, fresh] = new_.attention.try_emplace(to);
        if (!fresh) return;
        if (const auto list = stage.old.attention.find(from); list != stage.old.attention.end())
            for (const Pair& pair : list->second) append(place->second, stage.piece, pair);
        for (auto at = became_.begin(); at != became_.end() && at->first.position == 1; ++at)
            append(place->second, stage.piece, at->first);
    }

    void append(std::vector<Pair>& prefer, const Piece& piece, const Pair& old) const {
        const auto values = became_.find(old);
        if (values == became_.end()) return;
        for (const ValueId v : values->second) {
            const Pair pair{piece.positions[static_cast<std::size_t>(old.position - 1)], v};
            if (std::find(prefer.begin(), prefer.end(), pair) == prefer.end()) prefer.push_back(pair);
        }
    }

    /// The tables, if what the reader ends with tells the words of the language from the others.
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
                                    const std::vector<Piece>& helpers, const std::vector<Peeling>& peelings,
                                    const base::Limits& limits) {
    try {
        return Graft(specification, limits).run(reader, helpers, peelings);
    } catch (const GraftStopped&) {
        return std::nullopt;
    }
}

}  // namespace attest::threshold
