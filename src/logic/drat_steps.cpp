#include "drat_steps.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

namespace attest::logic {
namespace {

/// Goes through the bytes of a DRAT file step by step.
class DratReader {
  public:
    DratReader(std::string_view bytes, std::int32_t variables)
        : bytes_(bytes),
          variables_(variables),
          // Every whole step of a binary file ends in a NUL byte and every addition starts with an `a`; text
          // has neither.
          binary_(bytes.find_first_of(std::string_view("a\0", 2)) != std::string_view::npos) {}

    /// Reads the next step; false at the end of the file.
    bool next(std::vector<Literal>& literals, bool& deletes) {
        literals.clear();
        const bool found = binary_ ? next_binary(literals, deletes) : next_text(literals, deletes);
        steps_ += found ? 1 : 0;
        return found;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw NoProof{"DRAT step " + std::to_string(steps_ + 1) + ", byte " + std::to_string(at_) + ": " + what};
    }

    bool next_binary(std::vector<Literal>& literals, bool& deletes) {
        if (at_ == bytes_.size()) return false;
        const char kind = bytes_[at_++];
        if (kind != 'a' && kind != 'd') fail("expected `a` or `d`");
        deletes = kind == 'd';
        for (;;) {
            const std::uint64_t number = varint();
            if (number == 0) return true;
            if (number == 1) fail("the literal of variable 0");
            if (number / 2 > static_cast<std::uint64_t>(variables_)) unknown_variable(number / 2);
            literals.push_back(static_cast<Literal>(number));
        }
    }

    std::uint64_t varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            if (at_ == bytes_.size()) fail("the file is cut off");
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            number |= static_cast<std::uint64_t>(byte & 127) << shift;
            if (!(byte & 128)) return number;
        }
        fail("a number of more than 35 bits");
    }

    bool next_text(std::vector<Literal>& literals, bool& deletes) {
        skip_space();
        if (at_ == bytes_.size()) return false;
        deletes = bytes_[at_] == 'd';
        if (deletes) ++at_;
        for (;;) {
            const std::int64_t number = decimal();
            if (number == 0) return true;
            const auto variable = static_cast<std::uint64_t>(number < 0 ? -number : number);
            if (variable > static_cast<std::uint64_t>(variables_)) unknown_variable(variable);
            literals.push_back(to_literal(static_cast<std::int32_t>(number)));
        }
    }

    std::int64_t decimal() {
        skip_space();
        if (at_ == bytes_.size()) fail("the file is cut off");
        const bool negative = bytes_[at_] == '-';
        if (negative) ++at_;
        const std::size_t first = at_;
        std::int64_t number = 0;
        for (; at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9' && at_ < first + 11; ++at_)
            number = 10 * number + (bytes_[at_] - '0');
        const bool ended = at_ == bytes_.size() || is_space(bytes_[at_]);
        if (at_ == first || !ended || (negative && number == 0)) fail("expected a literal or 0");
        return negative ? -number : number;
    }

    static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    void skip_space() {
        while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
    }
    [[noreturn]] void unknown_variable(std::uint64_t variable) const {
        fail("variable " + std::to_string(variable) + ", the formula has " + std::to_string(variables_));
    }

    std::string_view bytes_;
    std::int32_t variables_;
    bool binary_;
    std::size_t at_ = 0;
    std::size_t steps_ = 0;
};

/// The living clauses by their set of literals: open hashing, newest first; the hash waits in the clause's
/// tag.
class ClauseTable {
  public:
    ClauseTable(ClauseArena& arena, std::int32_t variables)
        : arena_(arena), heads_(1024, 0), stamps_(2 * static_cast<std::size_t>(variables) + 2, 0) {}

    void insert(ClauseRef ref) {
        if (nodes_.size() >= 2 * heads_.size()) grow();
        arena_.tag(ref) = hash(arena_.clause(ref));
        std::uint32_t node = free_;
        if (node) free_ = nodes_[node].next;
        else {
            node = static_cast<std::uint32_t>(nodes_.size());
            nodes_.emplace_back();
        }
        nodes_[node].clause = ref;
        link(node);
    }

    /// Takes out the youngest clause with this set of literals; 0 if there is none.
    ClauseRef remove(std::span<const Literal> literals) {
        ++stamp_;
        for (const Literal literal : literals) stamps_[literal] = stamp_;
        const std::uint32_t wanted = hash(literals);
        for (std::uint32_t* place = &heads_[wanted & mask()]; *place; place = &nodes_[*place].next) {
            const std::uint32_t node = *place;
            const ClauseRef ref = nodes_[node].clause;
            if (arena_.tag(ref) != wanted || !same(arena_.clause(ref), literals.size())) continue;
            *place = nodes_[node].next;
            nodes_[node].next = free_;
            free_ = node;
            return ref;
        }
        return 0;
    }

    std::size_t bytes() const { return nodes_.size() * sizeof(Node) + heads_.size() * 4 + stamps_.size() * 4; }

  private:
    struct Node {
        ClauseRef clause = 0;
        std::uint32_t next = 0;
    };

    static std::uint32_t hash(std::span<const Literal> literals) {
        std::uint64_t sum = 0;  // of scrambled literals, so that their order does not matter
        for (const Literal literal : literals) {
            std::uint64_t x = (literal + 1) * 0x9E3779B97F4A7C15U;
            x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9U;
            sum += x ^ (x >> 32);
        }
        return static_cast<std::uint32_t>(sum ^ (sum >> 32));
    }

    bool same(std::span<const Literal> clause, std::size_t size) const {
        return clause.size() == size &&
               std::all_of(clause.begin(), clause.end(), [&](Literal literal) { return stamps_[literal] == stamp_; });
    }

    std::uint32_t mask() const { return static_cast<std::uint32_t>(heads_.size() - 1); }
    void link(std::uint32_t node) {
        std::uint32_t& head = heads_[arena_.tag(nodes_[node].clause) & mask()];
        nodes_[node].next = head;
        head = node;
    }
    void grow() {
        std::vector<std::uint32_t> old(4 * heads_.size(), 0);
        old.swap(heads_);
        std::vector<std::uint32_t> chain;
        for (const std::uint32_t head : old) {
            chain.clear();
            for (std::uint32_t node = head; node; node = nodes_[node].next) chain.push_back(node);
            for (std::size_t i = chain.size(); i-- > 0;) link(chain[i]);  // keeps the youngest in front
        }
    }

    ClauseArena& arena_;
    std::vector<std::uint32_t> heads_;
    std::vector<Node> nodes_{Node{}};  // node 0 is none
    std::uint32_t free_ = 0;
    std::vector<std::uint32_t> stamps_;
    std::uint32_t stamp_ = 0;
};

void sort_unique(std::vector<Literal>& literals) {
    std::sort(literals.begin(), literals.end());
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
}

ClauseRef add(ClauseArena& arena, std::span<const Literal> literals) {
    if (arena.words() + literals.size() + 3 > ClauseArena::most_words)
        throw NoProof{"a proof of more than 8 GB of clauses"};
    return arena.add(literals, 0);
}

void check_room(const DratProblem& problem, const ClauseTable& table, const base::Limits& limits) {
    // 32 bytes a step for the watches that the check will make of it.
    const std::size_t bytes = 4 * problem.arena.words() + 40 * problem.steps.size() + table.bytes();
    if (bytes > limits.memory_bytes) throw NoProof{"memory limit"};
    if (limits.exceeded()) throw NoProof{"deadline or interrupt"};
}

}  // namespace

DratProblem read_drat(const Cnf& formula, std::string_view bytes, const base::Limits& limits) {
    DratProblem problem;
    ClauseTable table(problem.arena, formula.variables);
    std::vector<Literal> literals;
    for (std::size_t c = 0; c < formula.size(); ++c) {
        literals.clear();
        for (const std::int32_t literal : formula.clause(c)) {
            if (literal == 0 || std::abs(literal) > formula.variables) throw NoProof{"the formula is malformed"};
            literals.push_back(to_literal(literal));
        }
        sort_unique(literals);
        problem.formula.push_back(add(problem.arena, literals));
        table.insert(problem.formula.back());
        if (c % 4096 == 0) check_room(problem, table, limits);
    }
    DratReader reader(bytes, formula.variables);
    bool deletes = false;
    while (reader.next(literals, deletes)) {
        sort_unique(literals);
        if (deletes) {
            if (const ClauseRef ref = table.remove(literals)) problem.steps.push_back({ref, true});
        } else {
            const ClauseRef ref = add(problem.arena, literals);
            table.insert(ref);
            problem.steps.push_back({ref, false});
        }
        if (problem.steps.size() % 4096 == 0) check_room(problem, table, limits);
    }
    check_room(problem, table, limits);
    return problem;
}

}  // namespace attest::logic
