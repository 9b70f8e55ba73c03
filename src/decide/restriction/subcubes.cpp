#include <algorithm>
#include <bit>

#include "attest/decide/restriction/optimum.hpp"

// A restriction is a number in base symbols + 1 whose digit `symbols` means free. In ascending order, each restriction
// with a free position comes after those that fix it. What is left of the function under a restriction is a node of a
// reduced, ordered decision diagram (Bryant 1986): the first free position and the nodes under its symbols. Equal
// functions are equal nodes, and a node knows the positions that matter.

namespace attest::restriction {

namespace {

using Id = std::uint32_t;

class Diagram {
  public:
    explicit Diagram(std::size_t symbols)
        : symbols_(symbols), support_{0, 0}, children_(2 * symbols), slots_(1 << 12, 0) {}

    /// The function that is children[a] where the position holds symbol a. The constants are nodes 0 and 1.
    Id node(std::size_t position, const Id* children) {
        if (std::all_of(children, children + symbols_, [&](Id c) { return c == children[0]; })) return children[0];
        if (support_.size() * 2 > slots_.size()) grow();
        std::size_t slot = place(position, children);
        for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1))
            if (same(slots_[slot], position, children)) return slots_[slot];
        const Id fresh = static_cast<Id>(support_.size());
        std::uint32_t support = std::uint32_t{1} << position;
        for (std::size_t a = 0; a < symbols_; ++a) support |= support_[children[a]];
        support_.push_back(support);
        children_.insert(children_.end(), children, children + symbols_);
        slots_[slot] = fresh;
        return fresh;
    }

    /// Positions on which the function depends, as bits.
    std::uint32_t support(Id id) const { return support_[id]; }

  private:
    std::size_t place(std::size_t position, const Id* children) const {
        std::uint64_t h = position;
        for (std::size_t a = 0; a < symbols_; ++a) h = (h ^ children[a]) * 0x9e3779b97f4a7c15U, h ^= h >> 29;
        return h & (slots_.size() - 1);
    }

    /// The position of a node is the first of its support, since children lie below it.
    bool same(Id id, std::size_t position, const Id* children) const {
        return static_cast<std::size_t>(std::countr_zero(support_[id])) == position &&
               std::equal(children, children + symbols_,
                          children_.begin() + static_cast<std::ptrdiff_t>(id * symbols_));
    }

    void grow() {
        slots_.assign(slots_.size() * 2, 0);
        for (Id id = 2; id < support_.size(); ++id) {
            const auto position = static_cast<std::size_t>(std::countr_zero(support_[id]));
            std::size_t slot = place(position, children_.data() + id * symbols_);
            while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
            slots_[slot] = id;
        }
    }

    std::size_t symbols_;
    std::vector<std::uint32_t> support_;
    std::vector<Id> children_;
    std::vector<Id> slots_;  // 0: empty, since node 0 is a constant and never stored
};

/// Goes through all restrictions and keeps the best for each number of positions that matter.
class Enumeration {
  public:
    Enumeration(const TruthTable& table, std::size_t length, std::size_t symbols)
        : table_(table), length_(length), symbols_(symbols), diagram_(symbols) {
        std::uint64_t power = 1;
        for (std::size_t i = length; i-- > 0; power *= symbols + 1) powers_.insert(powers_.begin(), power);
        ids_.resize(power);
        best_.resize(length + 1);
    }

    /// False where a limit is exceeded.
    bool run(const base::Limits& limits) {
        std::vector<std::size_t> digits(length_, 0);
        for (std::uint64_t code = 0; code < ids_.size(); ++code) {
            if (code % 65536 == 0 && limits.exceeded()) return false;
            visit(code, digits);
            for (std::size_t i = length_; i-- > 0;) {
                if (++digits[i] <= symbols_) break;
                digits[i] = 0;
            }
        }
        return true;
    }

    Optimum best(std::size_t dependence) const {
        Best winner = best_[0];
        for (std::size_t c = 1; c <= dependence && c <= length_; ++c)
            if (best_[c].found && (!winner.found || best_[c].free > winner.free)) winner = best_[c];
        Optimum optimum{dependence, Restriction::all_free(length_), {}, winner.free, Optimum::Bound::enumeration, 0};
        for (std::size_t i = 0; i < length_; ++i) {
            const std::uint64_t digit = winner.code / powers_[i] % (symbols_ + 1);
            if (digit < symbols_) optimum.restriction.fixed[i] = static_cast<language::Symbol>(digit);
            if ((winner.support >> i & 1) != 0) optimum.depends_on.push_back(i);
        }
        return optimum;
    }

  private:
    struct Best {
        bool found = false;
        std::size_t free = 0;
        std::uint64_t code = 0;
        std::uint32_t support = 0;
    };

    void visit(std::uint64_t code, const std::vector<std::size_t>& digits) {
        const auto first = std::find(digits.begin(), digits.end(), symbols_);
        if (first == digits.end()) {
            std::uint64_t word = 0;
            for (const std::size_t digit : digits) word = word * symbols_ + digit;
            ids_[code] = table_[word] ? 1 : 0;
        } else {
            const auto position = static_cast<std::size_t>(first - digits.begin());
            children_.clear();
            for (std::size_t a = 0; a < symbols_; ++a)
                children_.push_back(ids_[code - (symbols_ - a) * powers_[position]]);
            ids_[code] = diagram_.node(position, children_.data());
        }
        const std::uint32_t support = diagram_.support(ids_[code]);
        const auto free = static_cast<std::size_t>(std::count(digits.begin(), digits.end(), symbols_));
        Best& best = best_[static_cast<std::size_t>(std::popcount(support))];
        if (!best.found || free > best.free) best = {true, free, code, support};
    }

    const TruthTable& table_;
    std::size_t length_, symbols_;
    Diagram diagram_;
    std::vector<std::uint64_t> powers_;  // by position
    std::vector<Id> ids_;                // by restriction
    std::vector<Id> children_;
    std::vector<Best> best_;  // by number of positions that matter
};

}  // namespace

const char* to_string(Optimum::Bound bound) {
    switch (bound) {
        case Optimum::Bound::none: return "none";
        case Optimum::Bound::enumeration: return "enumeration";
        case Optimum::Bound::solver: return "solver";
    }
    return "";
}

std::optional<std::vector<Optimum>> optima_by_enumeration(const TruthTable& table, std::size_t length,
                                                          std::size_t symbols, std::size_t most_dependence,
                                                          std::uint64_t most_subcubes, const base::Limits& limits) {
    std::uint64_t subcubes = 1;
    for (std::size_t i = 0; i < length; ++i) {
        if (subcubes > most_subcubes / (symbols + 1)) return std::nullopt;
        subcubes *= symbols + 1;
    }
    if (length >= 32 || subcubes * 16 > limits.memory_bytes) return std::nullopt;
    Enumeration enumeration(table, length, symbols);
    if (!enumeration.run(limits)) return std::nullopt;
    std::vector<Optimum> optima;
    for (std::size_t c = 0; c <= most_dependence; ++c) optima.push_back(enumeration.best(c));
    return optima;
}

}  // namespace attest::restriction
