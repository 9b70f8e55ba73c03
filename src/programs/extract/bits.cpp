#include "bits.hpp"

#include <map>
#include <utility>

#include "attest/logic/sat_solver.hpp"

namespace attest::programs::extract {

Literal Bits::add(const Bit& bit) {
    bits_.push_back(bit);
    return static_cast<Literal>(2 * bits_.size());
}

Literal Bits::keep(Literal& at, const Bit& bit) {
    if (at == no) at = add(bit);
    return at;
}

Literal Bits::known(std::uint32_t detail, std::uint32_t group, Literal value) {
    return add({Kind::known, detail, value, no, group});
}

Literal Bits::both(Literal a, Literal b) {
    if (a > b) std::swap(a, b);
    if (a == no || b == (a ^ 1U)) return no;
    if (a == yes || a == b) return b;
    const auto [at, is_new] = both_.try_emplace(std::uint64_t{a} << 32 | b, no);
    if (is_new) at->second = add({Kind::both, 0, a, b});
    return at->second;
}

namespace {

constexpr std::size_t most_instances = 10000;  ///< of bits: those beyond are free

/// The bits that a literal is made of as clauses: at the position itself, and for each group that finds another one there.
class Instances {
  public:
    explicit Instances(const Bits& bits) : bits_(bits), solver_(logic::make_solver(logic::BackEnd::cadical)) {}

    bool may_be_true(Literal literal) {
        const std::int32_t root = at(0, literal);
        while (!open_.empty()) {
            const Place place = open_.back();
            open_.pop_back();
            if (variables_.size() < most_instances) expand(place);
        }
        for (const auto& [position, flags] : symbols_) {
            for (std::size_t a = 0; a < flags.size(); ++a)
                for (std::size_t b = 0; b < a; ++b) clause({-flags[a], -flags[b]});
            if (flags.size() == bits_.symbol_count() + 1) solver_->add_clause(flags);
        }
        clause({root});
        return solver_->solve({}, {}) != logic::Answer::unsatisfiable;
    }

  private:
    using Place = std::pair<std::uint32_t, std::size_t>;  ///< position, bit

    std::int32_t fresh() { return ++count_; }
    void clause(std::initializer_list<std::int32_t> literals) {
        solver_->add_clause({literals.begin(), literals.size()});
    }

    /// A literal at a position.
    std::int32_t at(std::uint32_t position, Literal literal) {
        const auto [found, is_new] = variables_.try_emplace({position, Bits::number(literal)}, 0);
        if (is_new) {
            found->second = fresh();
            open_.push_back(found->first);
        }
        return literal % 2 == 0 ? found->second : -found->second;
    }

    void expand(const Place& place) {
        const auto [position, number] = place;
        const Bits::Bit& bit = bits_.all()[number];
        const std::int32_t self = variables_.at(place);
        switch (bit.kind) {
            case Bits::Kind::begin:
            case Bits::Kind::symbol: symbols_[position].push_back(self); return;
            case Bits::Kind::both: return conjoin(self, at(position, bit.left), at(position, bit.right));
            case Bits::Kind::known: break;
        }
        if (bit.group == Bits::alone) return;
        const auto [found, is_new] = found_.try_emplace({position, bit.group}, 0, 0);
        if (is_new) found->second = {static_cast<std::uint32_t>(found_.size()), fresh()};
        const auto [there, is_any] = found->second;
        if (bit.left == yes) {
            clause({-self, is_any});
            clause({self, -is_any});
        } else {
            conjoin(self, is_any, at(there, bit.left));
        }
    }
    void conjoin(std::int32_t self, std::int32_t a, std::int32_t b) {
        clause({-self, a});
        clause({-self, b});
        clause({self, -a, -b});
    }

    const Bits& bits_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::int32_t count_ = 0;
    std::map<Place, std::int32_t> variables_;
    std::vector<Place> open_;
    std::map<std::uint32_t, std::vector<std::int32_t>> symbols_;  // by position
    /// The position that a group finds from one, and whether it finds any.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, std::int32_t>> found_;
};

}  // namespace

bool Bits::may_be_true(Literal literal) const {
    return literal < 2 ? literal == yes : Instances(*this).may_be_true(literal);
}

}  // namespace attest::programs::extract
