// Models in several layers whose heads count or compare, as counts.
//
// Statement. Let p be the number of positions up to here, that of the begin symbol among them. What a position of a word
// holds is B + L/p in each coordinate, B of finitely many values, which its symbol and Booleans tell, L a sum of counts.
// Maps keep this form. A causal head of equal weights takes the mean of what it sees: of what is finite it is a sum of counts,
// how often a symbol stood, or a Boolean was true, over p. A head whose keys tell the begin symbol from all others alone, which
// are alike, looks at the begin where its score is more and at all others where it is less: a comparison of counts, which is a
// new Boolean. Of a mean of means, of numbers L/p with different p, nothing is known here.
//
// The text is that of FORMAT.md, section 41; a checker writes the same from the model.

#include "decide/counting/comparisons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/verdict/verdict.hpp"
#include "decide/counting/count_forms.hpp"

namespace attest::counting {

namespace {

using exact::Rational;
using exact::Vector;
using network::AttentionKind;

constexpr std::size_t most_cases = 4096, most_values = 64;

/// B + L/p; B has the names 1, … of symbols, then of Booleans, and L the number 0 and the names of counts.
struct Value {
    LinearForm finite, counted;
};
using Values = std::vector<Value>;

/// Something that is so always, never, or under a condition.
struct Condition {
    enum class How { never, sometimes, always } how;
    std::string text = {};
};
using How = Condition::How;

/// A value of B, and the condition under which it is that; empty if B has no other.
struct Case {
    Rational value;
    std::string when;
};

[[noreturn]] void refuse(const std::string& why) { throw base::Unsupported(why); }

bool some(const LinearForm& form, int sign) {
    return std::any_of(form.begin(), form.end(), [&](const auto& term) { return sgn(term.second) == sign; });
}
Rational constant_of(const LinearForm& form) {
    const auto at = form.find(0);
    return at == form.end() ? Rational(0) : at->second;
}
/// Of the multiples of names of a form of whole numbers.
mpz_class divisor_of(const LinearForm& form) {
    mpz_class all = 0;
    for (const auto& [name, times] : form)
        if (name != 0) all = gcd(all, times.get_num());
    return all;
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}
/// 1/i, which has no value on the empty word.
bool is_one_over_p_in_words(const exact::Expression& e) { return without_blanks(e.text()) == "1/(i*[n>1])"; }
bool is_one_over_p(const exact::Expression& e) {
    return without_blanks(e.text()) == "1/i" || is_one_over_p_in_words(e);
}

void require_kind(const network::Transformer& t) {
    if (!t.begin || t.end) refuse("there is no begin symbol, or an end symbol");
    if (const auto why = not_plain(t)) refuse(*why);
    for (std::size_t c = 0; c < t.position.size(); ++c)
        if (!is_number(t.position[c]) && !is_one_over_p(t.position[c]))
            refuse(fmt::format("position[{}] is neither a number nor 1/i", c));
    for (std::size_t l = 0; l < t.layers.size(); ++l) {
        if (!t.layers[l].attention) continue;
        const network::Attention& a = *t.layers[l].attention;
        if (a.kind != AttentionKind::average && a.kind != AttentionKind::softmax)
            refuse(fmt::format("layer {} has {} attention", l + 1, to_string(a.kind)));
        if (a.norm || a.rotary || !is_number(a.scale))
            refuse(fmt::format("layer {} has a norm, turns its scores, or has a scale that is no number", l + 1));
        for (std::size_t h = 0; h < a.heads.size(); ++h)
            if (a.mask_of(a.heads[h]) != network::Mask::causal || !is_number(a.heads[h].bias))
                refuse(fmt::format("head {} of layer {} is not causal, or has a bias", h + 1, l + 1));
    }
}

class ComparisonWriter {
  public:
    ComparisonWriter(const network::Transformer& t, const base::Limits& limits)
        : t_(t), limits_(limits), letters_(t.alphabet.size()) {}

    std::string write() {
        text_ = "alphabet";
        for (language::Symbol a = 0; a < letters_; ++a) text_ += fmt::format(" {}", quoted_symbol(t_, a));
        text_ += "\n";
        for (language::Symbol a = 0; a < letters_; ++a)
            (void)count(fmt::format("t{}", a + 1), fmt::format("#[Q({})]", quoted_symbol(t_, a)));
        embed();
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention) attend(*t_.layers[l].attention, l + 1);
            if (t_.layers[l].feedforward) feed_forward(*t_.layers[l].feedforward);
        }
        Value score = same(t_.readout.bias);
        for (std::size_t c = 0; c < y_.size(); ++c) add_value(score, t_.readout.weight[c], y_[c]);
        const Condition accept = is_positive(score);
        const char* const known = accept.how == How::always ? "true" : "false";
        return text_ + fmt::format("out = {}\n", accept.how == How::sometimes ? accept.text : known);
    }

  private:
    /// The same number at each position of a word.
    Value same(const Rational& x) const {
        Value value;
        for (std::size_t a = 1; x != 0 && a <= letters_; ++a) value.finite[a] = x;
        return value;
    }
    /// The number that it is at each position of a word, if it is one.
    std::optional<Rational> number(const Value& value) const {
        const auto first = value.finite.find(1);
        const Rational x = first == value.finite.end() ? Rational(0) : first->second;
        if (!value.counted.empty() || value.finite != same(x).finite) return std::nullopt;
        return x;
    }
    static bool is_zero(const Value& value) { return value.finite.empty() && value.counted.empty(); }

    static void add_value(Value& to, const Rational& times, const Value& value) {
        add(to.finite, times, value.finite);
        add(to.counted, times, value.counted);
    }

    void look_at_limits() const {
        if (const auto limit = limits_.exceeded())
            refuse(fmt::format("stopped by a limit ({})", verdict::to_string(verdict::reason_of(*limit))));
    }

    Values map(const exact::AffineMap& map, const Values& y) const {
        Values rows;
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            look_at_limits();
            rows.push_back(same(map.bias.empty() ? Rational(0) : map.bias[r]));
            for (const auto& [column, weight] : map.weight.rows[r]) add_value(rows.back(), weight, y[column]);
        }
        return rows;
    }

    void embed() {
        y_.resize(t_.dimension);
        begin_ = t_.begin_embedding;
        for (std::size_t c = 0; c < y_.size(); ++c)
            for (std::size_t a = 0; a < letters_; ++a) add(y_[c].finite, t_.embedding[a][c], {{a + 1, Rational(1)}});
        for (std::size_t c = 0; c < t_.position.size(); ++c) {
            const bool counts = !is_number(t_.position[c]);
            const Rational x = counts ? Rational(1) : t_.position[c].evaluate({});
            begin_[c] += x;
            if (counts) add(y_[c].counted, 1, {{0, x}});
            else add_value(y_[c], 1, same(x));
        }
    }

    // What stands in the program: definitions, each once, under the name that it had first.

    std::string define(const std::string& name, const std::string& definition) {
        const auto [at, is_new] = defined_.try_emplace(definition, name);
        if (is_new) text_ += fmt::format("{} = {}\n", name, definition);
        return at->second;
    }
    std::size_t count(const std::string& name, const std::string& definition) {
        const std::string found = define(name, definition);
        const auto [at, is_new] = counts_.try_emplace(found, counts_.size() + 1);
        if (is_new) names_.push_back(found);
        return at->second;
    }
    std::size_t unit(const std::string& definition) {
        const std::size_t before = names_.size(), at = count(fmt::format("r{}", units_ + 1), definition);
        if (names_.size() > before) ++units_;
        return at;
    }
    /// 1 where it is so and 0 elsewhere.
    Value indicator(const Condition& condition) {
        if (condition.how != How::sometimes) return same(condition.how == How::always ? 1 : 0);
        const auto [at, is_new] = booleans_.try_emplace(condition.text, booleans_.size() + 1);
        if (is_new) (void)define(fmt::format("b{}", at->second), condition.text);
        return {{{letters_ + at->second, Rational(1)}}, {}};
    }

    std::string text_of(const LinearForm& form) const {
        return form_text(form, [&](std::size_t name) { return names_[name - 1]; });
    }

    // Values of B, and signs.

    std::vector<Case> cases(const Value& value) const {
        look_at_limits();
        std::vector<std::size_t> booleans;
        bool by_symbol = false;
        const auto multiple = [&](std::size_t name) {
            const auto at = value.finite.find(name);
            return at == value.finite.end() ? Rational(0) : at->second;
        };
        for (const auto& [name, times] : value.finite)
            if (name > letters_) booleans.push_back(name);
        for (std::size_t a = 2; a <= letters_; ++a) by_symbol = by_symbol || multiple(a) != multiple(1);
        const std::size_t symbols = by_symbol ? letters_ : 1;
        if (booleans.size() > 12 || (symbols << booleans.size()) > most_cases)
            refuse("a sum of Booleans has more than 4096 cases");
        std::map<Rational, std::string> conditions;
        for (std::size_t k = 0; k < symbols << booleans.size(); ++k) {
            const std::size_t a = k >> booleans.size();
            Rational sum = multiple(a + 1);
            std::vector<std::string> parts;
            if (by_symbol) parts.push_back(fmt::format("Q({})", quoted_symbol(t_, static_cast<language::Symbol>(a))));
            for (std::size_t b = 0; b < booleans.size(); ++b) {
                const bool is = (k >> (booleans.size() - 1 - b)) % 2 == 1;
                if (is) sum += multiple(booleans[b]);
                parts.push_back(fmt::format("{}b{}", is ? "" : "!", booleans[b] - letters_));
            }
            std::string& when = conditions[sum];
            when += fmt::format("{}{}", when.empty() ? "" : " | ", fmt::join(parts, " & "));
        }
        if (conditions.size() > most_values) refuse("a sum of Booleans has more than 64 values");
        std::vector<Case> result;
        for (const auto& [x, when] : conditions) result.push_back({x, when});
        return result;
    }

    /// p x + L.
    LinearForm times_p(const Rational& x, const Value& value) const {
        LinearForm form = value.counted;
        for (std::size_t name = 0; name <= letters_; ++name) add(form, x, {{name, Rational(1)}});
        return form;
    }

    Condition is_positive(const LinearForm& form) const {
        if (!some(form, 1)) return {How::never};
        if (!some(form, -1) && constant_of(form) > 0) return {How::always};
        // g X + c > 0 for whole X iff X + floor((c - 1)/g) + 1 > 0.
        LinearForm whole = scaled(form, scale_of(form));
        const mpz_class divisor = divisor_of(whole), less = constant_of(whole).get_num() - 1;
        mpz_class quotient;
        mpz_fdiv_q(quotient.get_mpz_t(), less.get_mpz_t(), divisor.get_mpz_t());
        whole.erase(0);
        whole = scaled(whole, 1 / Rational(divisor));
        add(whole, Rational(quotient + 1), {{0, Rational(1)}});
        return {How::sometimes, "0 < " + text_of(whole)};
    }

    Condition is_positive(const Value& value) const {
        const std::vector<Case> all = cases(value);
        if (all.size() == 1) return is_positive(times_p(all[0].value, value));
        std::vector<std::string> parts;
        std::size_t certain = 0;
        for (const Case& one : all) {
            const Condition condition = is_positive(times_p(one.value, value));
            if (condition.how == How::always) ++certain, parts.push_back(fmt::format("({})", one.when));
            if (condition.how == How::sometimes) parts.push_back(fmt::format("({}) & {}", one.when, condition.text));
        }
        if (certain == all.size()) return {How::always};
        if (parts.empty()) return {How::never};
        return {How::sometimes, fmt::format("{}", fmt::join(parts, " | "))};
    }

    /// Where it may be 0 for all that signs and divisors tell.
    Condition is_zero_somewhere(const Value& value) const {
        const std::vector<Case> all = cases(value);
        std::vector<std::string> parts;
        for (const Case& one : all) {
            const LinearForm form = times_p(one.value, value), whole = scaled(form, scale_of(form));
            const Rational constant = constant_of(whole);
            if ((constant > 0 && !some(form, -1)) || (constant < 0 && !some(form, 1))) continue;
            const mpz_class divisor = divisor_of(whole);
            if (divisor != 0 && constant.get_num() % divisor != 0) continue;
            parts.push_back(all.size() == 1 ? "0 = " + text_of(whole)
                                            : fmt::format("({}) & 0 = {}", one.when, text_of(whole)));
        }
        if (parts.empty()) return {How::never};
        return {How::sometimes, fmt::format("{}", fmt::join(parts, " | "))};
    }

    // Rectification.

    void feed_forward(const network::FeedForward& part) {
        Values x = map(part.maps[0], y_);
        for (std::size_t m = 1; m < part.maps.size(); ++m) {
            for (Value& value : x) value = value.counted.empty() ? rectified_finite(value) : rectified(value);
            x = map(part.maps[m], x);
        }
        if (part.residual)
            for (std::size_t c = 0; c < x.size(); ++c) add_value(x[c], 1, y_[c]);
        y_ = std::move(x);
        begin_ = network::feed_forward(part, begin_);
    }

    Value rectified_finite(const Value& value) {
        const std::vector<Case> all = cases(value);
        if (all.front().value >= 0) return value;
        Value result;
        if (value.finite.rbegin()->first <= letters_) {  // no Booleans
            for (const auto& [name, times] : value.finite)
                if (times > 0) result.finite[name] = times;
            return result;
        }
        for (const Case& one : all)
            if (one.value > 0) add_value(result, one.value, indicator({How::sometimes, one.when}));
        return result;
    }

    Value rectified(const Value& value) {
        const std::vector<Case> all = cases(value);
        std::vector<LinearForm> forms;
        mpz_class scale = 1;
        for (const Case& one : all) {
            forms.push_back(times_p(one.value, value));
            scale = lcm(scale, mpz_class(scale_of(forms.back())));
        }
        if (std::none_of(forms.begin(), forms.end(), [](const auto& form) { return some(form, -1); })) return value;
        if (std::none_of(forms.begin(), forms.end(), [](const auto& form) { return some(form, 1); })) return {};
        std::string choice;
        for (std::size_t k = 0; k < all.size(); ++k) {
            std::string text = some(forms[k], 1) ? text_of(scaled(forms[k], scale)) : "0";
            if (some(forms[k], 1) && some(forms[k], -1)) text = fmt::format("max(0, {})", text);
            choice += k + 1 == all.size() ? text : fmt::format("({} ? {} : ", all[k].when, text);
        }
        const std::size_t name = unit(choice + std::string(all.size() - 1, ')'));
        return {{}, {{name, 1 / Rational(scale)}}};
    }

    // Attention.

    void attend(const network::Attention& attention, std::size_t layer) {
        Values sum(t_.dimension);
        Vector begin(t_.dimension);
        for (std::size_t h = 0; h < attention.heads.size(); ++h) {
            const network::Head& head = attention.heads[h];
            const std::string place = fmt::format("head {} of layer {}", h + 1, layer);
            const Vector at_begin = exact::apply(head.value, begin_);
            const Value more = more_at_begin(head, attention.scale.evaluate({}), place);
            if (!is_zero(more) && attention.kind != AttentionKind::average) refuse(place + " compares by softmax");
            Values rows = map(head.value, y_);
            if (is_zero(more)) average(rows, at_begin, place);
            else compare(rows, at_begin, more, place);
            const Values added = map(head.output, rows);
            for (std::size_t c = 0; c < added.size(); ++c) add_value(sum[c], 1, added[c]);
            exact::add_to(begin, exact::apply(head.output, at_begin));
        }
        if (attention.residual) {
            for (std::size_t c = 0; c < sum.size(); ++c) add_value(sum[c], 1, y_[c]);
            exact::add_to(begin, begin_);
        }
        y_ = std::move(sum);
        begin_ = std::move(begin);
    }

    /// By how much the begin symbol's score is more than the one that all others have.
    Value more_at_begin(const network::Head& head, const Rational& scale, const std::string& place) const {
        Value more;
        if (!head.query) return more;
        const Values query = map(*head.query, y_), key = map(*head.key, y_);
        const Vector at_begin = exact::apply(*head.key, begin_);
        for (std::size_t r = 0; r < query.size(); ++r) {
            if (is_zero(query[r])) continue;
            const auto of_others = number(key[r]);
            if (!of_others) refuse(place + " scores by more than which position is the begin symbol's");
            add_value(more, scale * (at_begin[r] - *of_others), query[r]);
        }
        return more;
    }

    void average(Values& rows, const Vector& at_begin, const std::string& place) {
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (!rows[r].counted.empty()) refuse(place + " averages averages");
            LinearForm sum;
            add(sum, at_begin[r], {{0, Rational(1)}});
            for (const auto& [name, times] : rows[r].finite) {
                const std::size_t boolean = name > letters_ ? name - letters_ : 0;
                const std::size_t counted =
                    boolean == 0 ? name : count(fmt::format("c{}", boolean), fmt::format("#[b{}]", boolean));
                add(sum, times, {{counted, Rational(1)}});
            }
            rows[r] = {{}, std::move(sum)};
        }
    }

    /// The begin's value where its score is more, the others' where it is less, and the mean of all where it is the same.
    void compare(Values& rows, const Vector& at_begin, const Value& more, const std::string& place) {
        const Value greater = indicator(is_positive(more));
        const Condition tie = is_zero_somewhere(more);
        Value share;
        if (tie.how != How::never) share.counted[unit(fmt::format("({} ? 1 : 0)", tie.text))] = 1;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const auto of_others = number(rows[r]);
            if (!of_others) refuse(place + " compares, and takes more than whether it is the begin symbol");
            add_value(rows[r], at_begin[r] - *of_others, greater);
            add_value(rows[r], at_begin[r] - *of_others, share);
        }
    }

    const network::Transformer& t_;
    const base::Limits& limits_;
    std::size_t letters_;
    std::string text_;
    std::map<std::string, std::string> defined_;   ///< name by definition
    std::map<std::string, std::size_t> booleans_;  ///< number by definition
    std::map<std::string, std::size_t> counts_;    ///< number in forms by name
    std::vector<std::string> names_;               ///< the same, by number from 1
    std::size_t units_ = 0;
    Values y_;      ///< at the positions of a word
    Vector begin_;  ///< at the begin symbol
};

}  // namespace

Comparisons text_of_comparisons(const network::Transformer& model, const base::Limits& limits) {
    try {
        require_kind(model);
        return {ComparisonWriter(model, limits).write(), "",
                std::none_of(model.position.begin(), model.position.end(), is_one_over_p_in_words)};
    } catch (const base::Unsupported& why) {
        return {std::nullopt, why.what()};
    }
}

}  // namespace attest::counting
