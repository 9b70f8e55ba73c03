// Thompson (1968): each part of a pattern becomes a piece of automaton that begins at a given state and ends
// at one that it returns. A piece never adds moves *into* its first state, so pieces may share it; loops make
// their own.

#include "thompson.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::language {

namespace {

/// Parts of a pattern once its repetitions are written out.
constexpr std::uint64_t most_parts = 300000;

std::vector<bool> resolve(const RegexSet& set, const Alphabet& alphabet, const std::string& where) {
    std::vector<bool> members(alphabet.size(), set.complement);
    for (const auto& range : set.ranges) {
        if (range.literal && !alphabet.find(range.from))
            throw base::InputError(fmt::format("{}:{}", where, range.column),
                                   "a symbol of the alphabet " + alphabet.describe(),
                                   fmt::format("'{}'", base::printable(range.from)));
        for (Symbol s = 0; s < alphabet.size(); ++s)
            if (range.from <= alphabet.symbol(s) && alphabet.symbol(s) <= range.to) members[s] = !set.complement;
    }
    return members;
}

/// How often the body of a repetition is written out.
std::uint64_t copies(const RegexNode& repetition) {
    return repetition.most ? *repetition.most : std::max(repetition.least, 1u);
}

/// Parts of the root with repetitions written out, at most `most_parts` + 1. Empty parts count as one, since
/// they cost a visit.
std::uint64_t written_out(const RegexSyntax& syntax) {
    std::vector<std::uint64_t> parts(syntax.nodes.size(), 1);
    for (std::size_t i = 0; i < syntax.nodes.size(); ++i) {
        const RegexNode& node = syntax.nodes[i];
        const std::uint64_t times = node.kind == RegexNode::Kind::repetition ? copies(node) : 1;
        for (const std::uint32_t part : node.parts) parts[i] = std::min(parts[i] + times * parts[part], most_parts + 1);
    }
    return parts[syntax.root];
}

class Construction {
  public:
    Construction(const RegexSyntax& syntax, Nfa& nfa) : syntax_(syntax), nfa_(nfa) {}

    void run() {
        nfa_.start = state();
        nfa_.accept = build(syntax_.root, nfa_.start);
    }

  private:
    using State = Nfa::State;

    State state() {
        nfa_.move.emplace_back();
        nfa_.empty_moves.emplace_back();
        return static_cast<State>(nfa_.size() - 1);
    }
    void empty_move(State from, State to) { nfa_.empty_moves[from].push_back(to); }

    State build(std::uint32_t index, State from) {
        const RegexNode& node = syntax_.nodes[index];
        switch (node.kind) {
            case RegexNode::Kind::symbols: return symbols(node, from);
            case RegexNode::Kind::concatenation:
                for (const std::uint32_t part : node.parts) from = build(part, from);
                return from;
            case RegexNode::Kind::alternation: return alternation(node, from);
            case RegexNode::Kind::repetition: return repetition(node, from);
        }
        throw base::InternalError("a node of a pattern of no kind");
    }

    State symbols(const RegexNode& node, State from) {
        const State reading = state();
        const State read = state();
        empty_move(from, reading);
        nfa_.move[reading] = Nfa::Move{node.set, read};
        return read;
    }

    State alternation(const RegexNode& node, State from) {
        const State join = state();
        for (const std::uint32_t part : node.parts) empty_move(build(part, from), join);
        return join;
    }

    State repetition(const RegexNode& node, State from) {
        const std::uint32_t body = node.parts.front();
        if (!node.most) return unbounded(node, from);
        for (std::uint32_t i = 0; i < node.least; ++i) from = build(body, from);
        if (*node.most == node.least) return from;
        // Each optional copy may leave to the end at once: a chain of optional copies would let the sets of
        // the subset construction grow with the bound.
        const State end = state();
        for (std::uint32_t i = node.least; i < *node.most; ++i) {
            empty_move(from, end);
            from = build(body, from);
        }
        empty_move(from, end);
        return end;
    }

    State unbounded(const RegexNode& node, State from) {
        const std::uint32_t body = node.parts.front();
        for (std::uint32_t i = 1; i < node.least; ++i) from = build(body, from);
        const State loop = state();
        empty_move(from, loop);
        const State end = build(body, loop);
        empty_move(end, loop);
        return node.least == 0 ? loop : end;
    }

    const RegexSyntax& syntax_;
    Nfa& nfa_;
};

}  // namespace

Nfa thompson(const RegexSyntax& syntax, const Alphabet& alphabet, const std::string& where) {
    Nfa nfa;
    for (const auto& set : syntax.sets) nfa.sets.push_back(resolve(set, alphabet, where));
    if (written_out(syntax) > most_parts)
        throw base::Unsupported(
            fmt::format("{}: with its repetitions written out it has more than {} parts", where, most_parts));
    Construction(syntax, nfa).run();
    return nfa;
}

}  // namespace attest::language
