#include "forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "attest/base/error.hpp"

// Values of affine forms over bits, by going through the bits one after the other: what matters of those before is the partial
// sum. Bits of symbols exclude each other and are taken together, as one variable. Sums that cannot be, since other bits
// exclude each other too, are found by a solver once they become many. So a conjunction of m bits, ReLU(their sum - (m - 1)),
// has one sum at each step that may still become positive, however many bits there are.

namespace attest::programs::extract {

namespace {

constexpr std::size_t most_sums = 4096;

using Sums = std::map<exact::Vector, Literal>;

class CaseFinder {
  public:
    /// `rectified`: one form, of which only positive values matter
    CaseFinder(Bits& bits, const std::vector<Form>& forms, bool rectified, const std::string& what)
        : bits_(bits), forms_(forms), rectified_(rectified), what_(what) {}

    Sums find() {
        exact::Vector constant;
        std::set<std::uint32_t> atoms;
        for (const Form& form : forms_) {
            constant.push_back(form.constant);
            for (const auto& [atom, factor] : form.terms)
                if (factor != 0) atoms.insert(atom);
        }
        for (const std::uint32_t atom : atoms) (is_symbol(atom) ? symbols_ : others_).push_back(atom);
        for (const std::uint32_t atom : others_) gain_.push_back(std::max(factor(0, atom), exact::Rational(0)));
        sums_ = {{constant, yes}};
        split_by_symbol();
        for (std::size_t k = 0; k < others_.size(); ++k) split_by(k);
        if (sums_.size() > 2) prune();
        return std::move(sums_);
    }

  private:
    bool is_symbol(std::uint32_t atom) const {
        return bits_.all()[atom].kind == Bits::Kind::begin || bits_.all()[atom].kind == Bits::Kind::symbol;
    }
    exact::Rational factor(std::size_t form, std::uint32_t atom) const {
        if (form >= forms_.size()) return 0;
        const auto at = forms_[form].terms.find(atom);
        return at == forms_[form].terms.end() ? exact::Rational(0) : at->second;
    }
    exact::Vector factors(std::uint32_t atom) const {
        exact::Vector all;
        for (std::size_t f = 0; f < forms_.size(); ++f) all.push_back(factor(f, atom));
        return all;
    }
    static Literal literal(std::uint32_t atom) { return 2 * (atom + 1); }

    void split_by_symbol() {
        if (symbols_.empty()) return;
        std::map<exact::Vector, Literal> classes;
        Literal any = no;
        for (const std::uint32_t atom : symbols_) {
            Literal& one = classes.try_emplace(factors(atom), no).first->second;
            one = bits_.either(one, literal(atom));
            any = bits_.either(any, literal(atom));
        }
        if (symbols_.size() <= bits_.symbol_count()) {
            Literal& rest = classes.try_emplace(exact::Vector(forms_.size()), no).first->second;
            rest = bits_.either(rest, any ^ 1U);
        }
        Sums next;
        for (const auto& [sum, when] : sums_)
            for (const auto& [more, is] : classes) add(next, plus(sum, more), bits_.both(when, is), 0);
        sums_ = std::move(next);
        limit();
    }

    void split_by(std::size_t k) {
        const exact::Vector more = factors(others_[k]);
        Sums next;
        for (const auto& [sum, when] : sums_) {
            add(next, sum, bits_.both(when, literal(others_[k]) ^ 1U), k + 1);
            add(next, plus(sum, more), bits_.both(when, literal(others_[k])), k + 1);
        }
        sums_ = std::move(next);
        limit();
    }

    /// `from`: the bits that are still to come
    void add(Sums& sums, exact::Vector sum, Literal when, std::size_t from) {
        if (when == no) return;
        if (rectified_) {
            exact::Rational greatest = sum[0];
            for (std::size_t k = from; k < gain_.size(); ++k) greatest += gain_[k];
            if (greatest <= 0) return;
        }
        Literal& at = sums.try_emplace(std::move(sum), no).first->second;
        at = bits_.either(at, when);
    }
    static exact::Vector plus(exact::Vector a, const exact::Vector& b) {
        exact::add_to(a, b);
        return a;
    }

    void limit() {
        if (sums_.size() <= std::max<std::size_t>(2 * kept_, 8)) return;
        prune();
        kept_ = sums_.size();
        if (kept_ > most_sums) throw base::Unsupported(fmt::format("{} has more than {} values", what_, most_sums));
    }
    void prune() {
        std::erase_if(sums_, [&](const auto& sum) { return !bits_.may_be_true(sum.second); });
    }

    Bits& bits_;
    const std::vector<Form>& forms_;
    bool rectified_;
    const std::string& what_;
    std::vector<std::uint32_t> symbols_, others_;
    std::vector<exact::Rational> gain_;  // at most, by bit of others_
    Sums sums_;
    std::size_t kept_ = 0;
};

}  // namespace

Form form_of(Literal literal) {
    if (literal < 2) return static_cast<int>(literal);
    const Form bit = constructions::x(static_cast<std::uint32_t>(Bits::number(literal)));
    return literal % 2 == 0 ? bit : 1 - bit;
}

void add_scaled(Form& a, const exact::Rational& factor, const Form& b) {
    if (factor == 0) return;
    a.constant += factor * b.constant;
    for (const auto& [atom, value] : b.terms) {
        const auto at = a.terms.try_emplace(atom).first;
        at->second += factor * value;
        if (at->second == 0) a.terms.erase(at);
    }
}

std::vector<Case> cases(Bits& bits, const std::vector<Form>& forms, const std::string& what) {
    std::vector<Case> found;
    for (auto& [values, when] : CaseFinder(bits, forms, false, what).find()) found.push_back({values, when});
    return found;
}

Form rectified(Bits& bits, const Form& form, const std::string& what) {
    Form sum;
    for (const auto& [value, when] : CaseFinder(bits, {form}, true, what).find())
        if (value[0] > 0) add_scaled(sum, value[0], form_of(when));
    return sum;
}

Literal positive(Bits& bits, const Form& form, const std::string& what) {
    Literal any = no;
    for (const auto& [value, when] : CaseFinder(bits, {form}, true, what).find())
        if (value[0] > 0) any = bits.either(any, when);
    return any;
}

std::vector<Form> map_forms(const exact::AffineMap& map, const std::vector<Form>& y) {
    std::vector<Form> rows(map.outputs());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!map.bias.empty()) rows[r].constant = map.bias[r];
        for (const auto& [column, value] : map.weight.rows[r]) add_scaled(rows[r], value, y[column]);
    }
    return rows;
}

}  // namespace attest::programs::extract
