#include "counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"

namespace attest::programs::extract {

namespace {

std::pair<std::map<std::uint32_t, exact::Rational>, exact::Rational> plain(const Form& form) {
    return {form.terms, form.constant};
}

bool is_constant(const Form& form) { return form.terms.empty(); }

/// form · result has whole coefficients, without common divisor.
exact::Rational whole_factor(const Form& form) {
    mpz_class denominators = form.constant.get_den(), numerators = abs(form.constant.get_num());
    for (const auto& term : form.terms) denominators = lcm(denominators, term.second.get_den());
    numerators = numerators * (denominators / form.constant.get_den());
    for (const auto& term : form.terms)
        numerators = gcd(numerators, mpz_class(term.second.get_num() * (denominators / term.second.get_den())));
    exact::Rational factor(denominators, numerators == 0 ? mpz_class(1) : numerators);
    factor.canonicalize();
    return factor;
}

Form times(const exact::Rational& factor, const Form& form) {
    Form result;
    add_scaled(result, factor, form);
    return result;
}

/// The greatest divisor of the coefficients of counts.
mpz_class divisor(const Form& form) {
    mpz_class common = 0;
    for (const auto& term : form.terms) common = gcd(common, term.second.get_num());
    return common;
}

}  // namespace

Form Counts::add(Count count) {
    const auto [at, is_new] = known_.try_emplace({{count.kind, count.literal}, plain(count.form)},
                                                 static_cast<std::uint32_t>(counts_.size()));
    if (is_new) counts_.push_back(std::move(count));
    return constructions::x(at->second);
}

Form Counts::before(Literal literal) {
    literal = in_word(literal);
    if (literal == no) return {};
    return add({Kind::before, literal, {}, 1, 0});
}

Form Counts::positive(const Form& form) {
    if (is_constant(form)) {
        Form result;
        if (form.constant > 0) result.constant = form.constant;
        return result;
    }
    const exact::Rational factor = whole_factor(form);
    const Form whole = times(factor, form);
    const exact::Rational begin = at_begin(whole);
    return times(1 / factor, add({Kind::positive, no, whole, bound(whole), begin > 0 ? begin : exact::Rational(0)}));
}

Form Counts::choice(Literal when, const Form& form) {
    if (when == no || (is_constant(form) && form.constant == 0)) return {};
    if (when == yes) return form;
    const exact::Rational factor = whole_factor(form);
    const Form whole = times(factor, form);
    return times(1 / factor,
                 add({Kind::choice, when, whole, bound(whole), at_begin(when) ? at_begin(whole) : exact::Rational(0)}));
}

Literal Counts::is_positive(const Form& form, bool at_begin) {
    Form whole = times(whole_factor(form), form);
    if (is_constant(whole) && at_begin == (whole.constant > 0)) return at_begin ? yes : no;
    if (is_constant(whole)) {  // in words one, at the begin the other
        return at_begin ? bits_.begin() : bits_.begin() ^ 1U;
    }
    // g X + c > 0 for whole X iff X + floor((c - 1)/g) + 1 > 0
    const mpz_class g = divisor(whole);
    mpz_class steps;
    mpz_fdiv_q(steps.get_mpz_t(), mpz_class(whole.constant.get_num() - 1).get_mpz_t(), g.get_mpz_t());
    whole.constant = 0;
    whole = times(exact::Rational(1, 1) / exact::Rational(g), whole);
    whole.constant = exact::Rational(steps + 1);
    const auto [at, is_new] = compared_.try_emplace({plain(whole), at_begin}, no);
    if (is_new) {
        at->second = bits_.known(static_cast<std::uint32_t>(comparisons_.size()));
        comparisons_.push_back({whole, at_begin});
    }
    return at->second;
}

Literal Counts::is_zero(const Form& form, bool at_begin) {
    const Form whole = times(whole_factor(form), form);
    if (!is_constant(whole) && whole.constant.get_num() % divisor(whole) != 0) {
        return at_begin ? bits_.begin() : no;  // it never is
    }
    return bits_.both(is_positive(whole, false) ^ 1U,
                      bits_.both(is_positive(times(-1, whole), false) ^ 1U, at_begin ? yes : bits_.begin() ^ 1U));
}

Literal Counts::in_word(Literal literal) {
    if (literal < 2) return literal;
    const std::size_t number = Bits::number(literal);
    for (std::size_t b = in_word_.size(); b <= number; ++b) {
        const Bits::Bit bit = bits_.all()[b];
        const auto of = [&](Literal l) { return l < 2 ? l : in_word_[Bits::number(l)] ^ (l & 1U); };
        switch (bit.kind) {
            case Bits::Kind::begin: in_word_.push_back(no); break;
            case Bits::Kind::both: in_word_.push_back(bits_.both(of(bit.left), of(bit.right))); break;
            default: in_word_.push_back(static_cast<Literal>(2 * (b + 1)));
        }
    }
    return in_word_[number] ^ (literal & 1U);
}

bool Counts::at_begin(Literal literal) const {
    if (literal < 2) return literal == yes;
    // Operands are smaller, so going up settles all.
    std::vector<bool> is(Bits::number(literal) + 1);
    for (std::size_t b = 0; b < is.size(); ++b) {
        const Bits::Bit& bit = bits_.all()[b];
        const auto of = [&](Literal l) { return l < 2 ? l == yes : is[Bits::number(l)] != (l % 2 == 1); };
        switch (bit.kind) {
            case Bits::Kind::begin: is[b] = true; break;
            case Bits::Kind::symbol: is[b] = false; break;
            case Bits::Kind::known: is[b] = comparisons_[bit.detail].at_begin; break;
            case Bits::Kind::both: is[b] = of(bit.left) && of(bit.right); break;
        }
    }
    return is.back() != (literal % 2 == 1);
}

exact::Rational Counts::at_begin(const Form& form) const {
    exact::Rational sum = form.constant;
    for (const auto& [count, factor] : form.terms) sum += factor * counts_[count].at_begin;
    return sum;
}

exact::Rational Counts::bound(const Form& form) const {
    exact::Rational sum = abs(form.constant);
    for (const auto& [count, factor] : form.terms) sum += abs(factor) * counts_[count].bound;
    return sum;
}

namespace {

using crasp::Definition;
using crasp::Node;

class CountingWriter {
  public:
    CountingWriter(Bits& bits, Counts& counts, const std::vector<std::string>& alphabet)
        : bits_(bits), counts_(counts) {
        program_.alphabet = alphabet;
    }

    crasp::Program write(Literal output) {
        output = counts_.in_word(output);
        order(output);
        for (const Item& item : order_) {
            State& state = states_[item];
            state.depth = 1;
            each_operand(item, [&](const Item& operand) { state.depth = std::max(state.depth, depth(operand) + 1); });
            if (is_leaf(item) || (state.uses == 1 && state.depth < deepest)) continue;
            const std::uint32_t first = size();
            if (item.is_count) count(item.number);
            else bit(item.number);
            add(fmt::format("{}{}", item.is_count ? 'c' : 'b', ++named_[item.is_count ? 1 : 0]), first);
            state.definition = static_cast<std::int64_t>(program_.definitions.size() - 1);
        }
        const std::uint32_t first = size();
        literal(output);
        add("accept", first);
        program_.output = static_cast<std::uint32_t>(program_.definitions.size() - 1);
        return std::move(program_);
    }

  private:
    /// Of what nests deeper is a definition made: so recursion goes no deeper.
    static constexpr std::size_t deepest = 100;

    struct Item {
        bool is_count;
        std::uint32_t number;
        auto operator<=>(const Item&) const = default;
    };
    struct State {
        std::size_t uses = 0, depth = 0;
        std::int64_t definition = -1;
    };

    static Item of_literal(Literal literal) { return {false, static_cast<std::uint32_t>(Bits::number(literal))}; }
    std::size_t depth(const Item& item) const {
        const State& state = states_.at(item);
        return state.definition >= 0 ? 1 : state.depth;
    }
    bool is_leaf(const Item& item) const {
        return !item.is_count && bits_.all()[item.number].kind == Bits::Kind::symbol;
    }

    template <typename Action>
    void each_operand(const Item& item, const Action& action) {
        const auto of = [&](Literal literal) {
            if (const Literal l = counts_.in_word(literal); l >= 2) action(of_literal(l));
        };
        const auto of_form = [&](const Form& form) {
            for (const auto& term : form.terms) action({true, term.first});
        };
        if (item.is_count) {
            const Counts::Count count = counts_.all()[item.number];
            of(count.literal);
            return of_form(count.form);
        }
        const Bits::Bit bit = bits_.all()[item.number];
        if (bit.kind == Bits::Kind::known) of_form(counts_.comparison(bit.detail).form);
        if (bit.kind != Bits::Kind::both) return;
        of(bit.left);
        of(bit.right);
    }

    /// Operands before what is made of them, and how often each is used.
    void order(Literal output) {
        if (output < 2) return;
        std::vector<std::pair<Item, bool>> stack = {{of_literal(output), false}};
        states_[of_literal(output)].uses = 1;
        while (!stack.empty()) {
            const auto [item, is_done] = stack.back();
            stack.pop_back();
            if (is_done) {
                order_.push_back(item);
                continue;
            }
            if (!seen_.insert(item).second) continue;
            stack.emplace_back(item, true);
            each_operand(item, [&](const Item& operand) {
                ++states_[operand].uses;
                stack.emplace_back(operand, false);
            });
        }
    }

    std::uint32_t size() const { return static_cast<std::uint32_t>(program_.nodes.size()); }
    std::uint32_t push(const Node& node) {
        program_.nodes.push_back(node);
        return size() - 1;
    }
    void add(std::string name, std::uint32_t first) {
        program_.definitions.push_back({std::move(name), first, size() - 1, program_.definitions.size() + 2});
    }

    std::uint32_t named(const Item& item) { return push({Node::Kind::name, item.is_count, states_[item].definition}); }

    std::uint32_t literal(Literal l) {
        l = counts_.in_word(l);
        if (l < 2) return push({Node::Kind::constant, false, l == yes ? 1 : 0});
        const Item item = of_literal(l);
        const bool is_defined = states_[item].definition >= 0, negated = l % 2 == 1;
        if (!is_defined && negated && bits_.all()[item.number].kind == Bits::Kind::both) {
            const Bits::Bit both = bits_.all()[item.number];
            const std::uint32_t left = literal(both.left ^ 1U), right = literal(both.right ^ 1U);
            return push({Node::Kind::disjunction, false, 0, left, right});
        }
        const std::uint32_t at = is_defined ? named(item) : bit(item.number);
        return negated ? push({Node::Kind::negation, false, 0, at}) : at;
    }

    std::uint32_t bit(std::size_t number) {
        const Bits::Bit bit = bits_.all()[number];
        switch (bit.kind) {
            case Bits::Kind::begin: return push({Node::Kind::constant, false, 0});
            case Bits::Kind::symbol: return push({Node::Kind::symbol, false, bit.detail});
            case Bits::Kind::known: return comparison(counts_.comparison(bit.detail).form);
            case Bits::Kind::both: break;
        }
        const std::uint32_t left = literal(bit.left), right = literal(bit.right);
        return push({Node::Kind::conjunction, false, 0, left, right});
    }

    /// What is subtracted stands on the other side; X + 1 > Y is X >= Y.
    std::uint32_t comparison(const Form& form) {
        const bool or_equal = form.constant == 1;
        Form left, right;
        for (const auto& [count, factor] : form.terms) (factor > 0 ? left : right).terms[count] = abs(factor);
        if (!or_equal) (form.constant > 0 ? left : right).constant = abs(form.constant);
        const std::uint32_t less = sum(right), more = sum(left);
        return push({or_equal ? Node::Kind::less_equal : Node::Kind::less, false, 0, less, more});
    }

    std::uint32_t count(std::uint32_t number) {
        const Counts::Count count = counts_.all()[number];
        if (count.kind == Counts::Kind::before) {
            const std::uint32_t of = literal(count.literal);
            return push({Node::Kind::before, true, 0, of});
        }
        const std::uint32_t value = difference(count.form);
        if (count.kind == Counts::Kind::positive) {
            const std::uint32_t zero = integer(0);
            return push({Node::Kind::maximum, true, 0, value, zero});
        }
        const std::uint32_t otherwise = integer(0), condition = literal(count.literal);
        return push({Node::Kind::choice, true, 0, value, otherwise, condition});
    }

    std::uint32_t integer(const exact::Rational& n) {
        if (!n.get_num().fits_slong_p() || n >= exact::Rational(1000000000000000))
            throw base::Unsupported("a number of more than 15 digits, which a program's text does not hold");
        return push({Node::Kind::integer, true, n.get_num().get_si()});
    }

    /// With coefficients that are not negative.
    std::uint32_t sum(const Form& form) {
        std::int64_t all = -1;
        const auto plus = [&](std::uint32_t one) {
            all = all < 0 ? one : push({Node::Kind::sum, true, 0, static_cast<std::uint32_t>(all), one});
        };
        for (const auto& [count, factor] : form.terms) plus(multiple(factor, count));
        if (form.constant != 0 || all < 0) plus(integer(form.constant));
        return static_cast<std::uint32_t>(all);
    }
    std::uint32_t multiple(const exact::Rational& factor, std::uint32_t number) {
        const Item item{true, number};
        const std::uint32_t at = states_[item].definition >= 0 ? named(item) : count(number);
        if (factor == 1) return at;
        (void)integer(factor);
        return push({Node::Kind::multiple, true, factor.get_num().get_si(), at});
    }

    std::uint32_t difference(const Form& form) {
        Form left, right;
        for (const auto& [count, factor] : form.terms) (factor > 0 ? left : right).terms[count] = abs(factor);
        (form.constant > 0 ? left : right).constant = abs(form.constant);
        const std::uint32_t at = sum(left);
        if (right.terms.empty() && right.constant == 0) return at;
        const std::uint32_t less = sum(right);
        return push({Node::Kind::difference, true, 0, at, less});
    }

    Bits& bits_;
    Counts& counts_;
    crasp::Program program_;
    std::map<Item, State> states_;
    std::set<Item> seen_;
    std::vector<Item> order_;
    std::size_t named_[2] = {0, 0};
};

}  // namespace

crasp::Program written_out(Bits& bits, Counts& counts, const std::vector<std::string>& alphabet, Literal output) {
    return CountingWriter(bits, counts, alphabet).write(output);
}

}  // namespace attest::programs::extract
