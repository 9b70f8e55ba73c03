#include "checker/language/counting_logic.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 33.4: how quantifiers over counts are taken away.

namespace attest::checker {
namespace {

constexpr std::size_t most_conditions = 200'000, most_ways = 4096;

mpz_class common_divisor(const CountingLogic::Sum& sum, mpz_class g) {
    for (const auto& [v, factor] : sum.factors) g = gcd(g, factor);
    return g;
}

mpz_class remainder_of(const mpz_class& number, const mpz_class& modulus) {
    mpz_class rest;
    mpz_fdiv_r(rest.get_mpz_t(), number.get_mpz_t(), modulus.get_mpz_t());
    return rest;
}

/// Whether the sum grows, or falls, with each of its variables.
bool grows(const CountingLogic::Sum& sum) {
    return std::all_of(sum.factors.begin(), sum.factors.end(), [](const auto& f) { return f.second > 0; });
}
bool falls(const CountingLogic::Sum& sum) {
    return std::all_of(sum.factors.begin(), sum.factors.end(), [](const auto& f) { return f.second < 0; });
}

CountingLogic::Sum multiple_of(const CountingLogic::Sum& sum, const mpz_class& by) {
    CountingLogic::Sum result;
    result.add(sum, by);
    return result;
}

CountingLogic::Sum more(CountingLogic::Sum sum, const mpz_class& by) {
    sum.constant += by;
    return sum;
}

}  // namespace

void CountingLogic::Sum::add(std::size_t variable, const mpz_class& times) {
    mpz_class& factor = factors[variable];
    factor += times;
    if (factor == 0) factors.erase(variable);
}

void CountingLogic::Sum::add(const Sum& other, const mpz_class& times) {
    for (const auto& [v, factor] : other.factors) add(v, mpz_class(factor * times));
    constant += other.constant * times;
}

std::string CountingLogic::Sum::text() const {
    std::string text = constant.get_str();
    for (const auto& [v, factor] : factors) text += "," + std::to_string(v) + ":" + factor.get_str();
    return text;
}

CountingLogic::CountingLogic(Budget& budget) : budget_(budget), conditions_(2) {}

std::size_t CountingLogic::keep(Condition condition) {
    std::string key = std::to_string(static_cast<int>(condition.form)) + (condition.negated ? "!" : ";") +
                      condition.modulus.get_str() + ";" + condition.sum.text();
    for (const std::size_t part : condition.parts) key += "/" + std::to_string(part);
    budget_.step(16 + key.size());
    const auto [place, is_new] = known_.try_emplace(std::move(key), conditions_.size());
    if (!is_new) return place->second;
    if (conditions_.size() >= most_conditions)
        throw Defect("limits", "without quantifiers the formula has more than 200000 conditions");
    budget_.memory(256 + place->first.size() + 64 * condition.parts.size());
    conditions_.push_back(std::move(condition));
    return place->second;
}

std::size_t CountingLogic::least(Sum sum) {
    if (const mpz_class g = common_divisor(sum, 0); g > 1) {
        for (auto& [v, factor] : sum.factors) factor /= g;
        mpz_fdiv_q(sum.constant.get_mpz_t(), sum.constant.get_mpz_t(), g.get_mpz_t());
    }
    if (grows(sum) && sum.constant >= 0) return 1;
    if (falls(sum) && sum.constant < 0) return 0;
    return keep({Form::least, std::move(sum)});
}

std::size_t CountingLogic::zero(Sum sum) {
    if (sum.factors.empty()) return sum.constant == 0 ? 1 : 0;
    if ((grows(sum) && sum.constant > 0) || (falls(sum) && sum.constant < 0)) return 0;
    const mpz_class g = common_divisor(sum, 0);
    if (remainder_of(sum.constant, g) != 0) return 0;
    const mpz_class by = sum.factors.begin()->second < 0 ? mpz_class(-g) : g;
    for (auto& [v, factor] : sum.factors) factor /= by;
    sum.constant /= by;
    return keep({Form::zero, std::move(sum)});
}

std::size_t CountingLogic::multiple(Sum sum, mpz_class modulus, bool negated) {
    Sum reduced;
    reduced.constant = remainder_of(sum.constant, modulus);
    for (const auto& [v, factor] : sum.factors)
        if (const mpz_class rest = remainder_of(factor, modulus); rest != 0) reduced.factors[v] = rest;
    const mpz_class g = common_divisor(reduced, modulus);
    if (remainder_of(reduced.constant, g) != 0) return negated ? 1 : 0;
    for (auto& [v, factor] : reduced.factors) factor /= g;
    reduced.constant /= g;
    modulus /= g;
    if (modulus == 1) return negated ? 0 : 1;
    return keep({Form::multiple, std::move(reduced), std::move(modulus), negated});
}

/// `ends` decides the whole, `neutral` says nothing. Of inequalities on one sum, two say as much as one.
std::size_t CountingLogic::join(const std::set<std::size_t>& parts, Form form, std::size_t ends, std::size_t neutral) {
    std::set<std::size_t> kept;
    for (const std::size_t part : parts) {
        budget_.step();
        if (part == ends) return ends;
        if (conditions_[part].form == form) kept.insert(conditions_[part].parts.begin(), conditions_[part].parts.end());
        else if (part != neutral) kept.insert(part);
    }
    std::map<std::string, std::pair<Sum, std::size_t>> bounds;  // by the sum without its constant
    for (const std::size_t part : std::set<std::size_t>(kept)) {
        if (conditions_[part].form != Form::least) continue;
        Sum sum = conditions_[part].sum;
        const mpz_class constant = sum.constant;
        sum.constant = 0;
        const auto [place, is_new] = bounds.try_emplace(sum.text(), conditions_[part].sum, part);
        if (is_new) continue;
        auto& [known, number] = place->second;
        const bool replaces = form == Form::conjunction ? constant < known.constant : constant > known.constant;
        kept.erase(replaces ? number : part);
        if (replaces) place->second = {conditions_[part].sum, part};
    }
    for (const auto& [text, bound] : bounds) {
        Sum turned = multiple_of(bound.first, -1);
        turned.constant = 0;
        const auto other = bounds.find(turned.text());
        if (other == bounds.end()) continue;
        // s ≥ -c and s ≤ d
        const mpz_class room = bound.first.constant + other->second.first.constant;
        if (form == Form::conjunction ? room < 0 : room >= -1) return ends;
    }
    if (kept.empty()) return neutral;
    if (kept.size() == 1) return *kept.begin();
    return keep({form, {}, 1, false, std::move(kept)});
}

std::size_t CountingLogic::opposite(std::size_t condition) {
    const Condition given = conditions_[condition];
    budget_.step(1 + given.parts.size());
    const Sum turned = multiple_of(given.sum, -1);
    switch (given.form) {
        case Form::constant: return 1 - condition;
        case Form::least: return least(more(turned, -1));
        case Form::zero: return any({least(more(given.sum, -1)), least(more(turned, -1))});
        case Form::multiple: return multiple(given.sum, given.modulus, !given.negated);
        default: break;
    }
    std::set<std::size_t> parts;
    for (const std::size_t part : given.parts) parts.insert(opposite(part));
    return given.form == Form::conjunction ? any(parts) : all(parts);
}

std::set<std::size_t> CountingLogic::below(std::size_t condition) const {
    std::set<std::size_t> found;
    std::vector<std::size_t> open{condition};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        if (!found.insert(at).second) continue;
        budget_.step();
        open.insert(open.end(), conditions_[at].parts.begin(), conditions_[at].parts.end());
    }
    return found;
}

std::size_t CountingLogic::replaced(std::size_t condition, std::size_t variable, const mpz_class& factor,
                                    const Sum& value) {
    std::map<std::size_t, std::size_t> made;
    for (const std::size_t at : below(condition)) {  // in ascending order, parts first
        const Condition given = conditions_[at];
        const auto inside = given.sum.factors.find(variable);
        std::size_t& result = made[at];
        if (given.form == Form::conjunction || given.form == Form::disjunction) {
            std::set<std::size_t> parts;
            for (const std::size_t part : given.parts) parts.insert(made.at(part));
            result = given.form == Form::conjunction ? all(parts) : any(parts);
            continue;
        }
        if (inside == given.sum.factors.end()) {
            result = at;
            continue;
        }
        Sum rest = given.sum;
        rest.factors.erase(variable);
        Sum sum = multiple_of(rest, factor);
        sum.add(value, inside->second);
        result = given.form == Form::least  ? least(std::move(sum))
                 : given.form == Form::zero ? zero(std::move(sum))
                                            : multiple(std::move(sum), given.modulus * factor, given.negated);
    }
    return made.at(condition);
}

std::size_t CountingLogic::some(std::size_t condition, std::size_t variable, const Sum* most) {
    const auto mentions = [&](std::size_t of) {
        const std::set<std::size_t> inside = below(of);
        return std::any_of(inside.begin(), inside.end(),
                           [&](std::size_t at) { return conditions_[at].sum.factors.contains(variable); });
    };
    if (!mentions(condition)) return condition;  // 0 will do
    if (conditions_[condition].form == Form::disjunction) {
        std::set<std::size_t> ways;
        for (const std::size_t part : std::set<std::size_t>(conditions_[condition].parts))
            ways.insert(some(part, variable, most));
        return any(ways);
    }
    std::size_t bounded = condition;
    if (most != nullptr) {
        Sum room = *most;
        room.add(variable, -1);
        bounded = all({condition, least(std::move(room))});
    }
    const std::set<std::size_t> given = conditions_[bounded].form == Form::conjunction
                                            ? std::set<std::size_t>(conditions_[bounded].parts)
                                            : std::set<std::size_t>{bounded};
    std::set<std::size_t> outside, inside;
    for (const std::size_t part : given) (mentions(part) ? inside : outside).insert(part);
    const auto equation =
        std::find_if(inside.begin(), inside.end(), [&](std::size_t at) { return conditions_[at].form == Form::zero; });
    outside.insert(equation != inside.end() ? by_equation(inside, *equation, variable, most)
                                            : by_ends(all(inside), variable));
    return all(outside);
}

/// a v + s = 0 with a > 0: v = -s/a, which is whole, at least 0 and at most `most`, if there is one.
std::size_t CountingLogic::by_equation(const std::set<std::size_t>& parts, std::size_t equation, std::size_t variable,
                                       const Sum* most) {
    Sum rest = conditions_[equation].sum;
    const mpz_class inside = rest.factors.at(variable), factor = abs(inside);
    rest.factors.erase(variable);
    const Sum value = multiple_of(rest, inside > 0 ? -1 : 1);
    std::set<std::size_t> result{multiple(value, factor), least(value)};
    if (most != nullptr) {
        Sum room = multiple_of(*most, factor);
        room.add(value, -1);
        result.insert(least(std::move(room)));
    }
    for (const std::size_t part : parts)
        if (part != equation) result.insert(replaced(part, variable, factor, value));
    return all(result);
}

std::size_t CountingLogic::by_ends(std::size_t condition, std::size_t variable) {
    std::vector<Condition> atoms;
    mpz_class scale = 1;
    for (const std::size_t at : below(condition))
        if (const auto factor = conditions_[at].sum.factors.find(variable);
            factor != conditions_[at].sum.factors.end()) {
            atoms.push_back(conditions_[at]);
            scale = lcm(scale, factor->second);
        }
    mpz_class period = scale;
    std::map<std::string, Sum> ends{{Sum{}.text(), Sum{}}};
    for (const Condition& atom : atoms) {
        const mpz_class& factor = atom.sum.factors.at(variable);
        const mpz_class by = scale / abs(factor);
        if (atom.form == Form::multiple) period = lcm(period, mpz_class(atom.modulus * by));
        if (atom.form == Form::multiple || (atom.form == Form::least && factor < 0)) continue;
        Sum rest = atom.sum;
        rest.factors.erase(variable);
        const Sum end = multiple_of(rest, factor > 0 ? mpz_class(-by) : by);
        ends.try_emplace(end.text(), end);
    }
    if (period * static_cast<unsigned long>(ends.size()) > static_cast<unsigned long>(most_ways))
        throw Defect("limits", "a quantifier of the formula has more than 4096 candidates");
    std::set<std::size_t> ways;
    for (const auto& [text, end] : ends)
        for (unsigned long j = 0; j < period; ++j) {
            const Sum value = more(end, j);
            const std::size_t is_one = all({multiple(value, scale), least(value)});
            if (is_one != 0) ways.insert(all({is_one, replaced(condition, variable, scale, value)}));
        }
    return any(ways);
}

}  // namespace attest::checker
