#include "checker/network/comparing_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "checker/kernel/defect.hpp"
#include "checker/network/count_form.hpp"
#include "checker/network/expression_node.hpp"

// FORMAT.md, section 41. At the positions of a word a coordinate is B + L/p, p the number of positions up to here, the begin
// symbol's among them; B is made of symbols and Booleans, L of the number 1 and of counts. What is at the begin symbol is a vector of
// numbers, followed beside it.

namespace attest::checker {
namespace {

constexpr std::size_t most_cases = 4096, most_values = 64;

/// B + L/p
struct Mixed {
    Vector symbols;                          ///< of B, by symbol; a number is that number for each
    std::map<std::size_t, Rational> truths;  ///< of B, by Boolean from 1; none is 0
    Vector counted;                          ///< L, by name; missing ones are 0

    bool counts() const {
        return std::any_of(counted.begin(), counted.end(), [](const Rational& x) { return x != 0; });
    }
    bool by_symbol() const {
        return std::any_of(symbols.begin(), symbols.end(), [&](const Rational& x) { return x != symbols[0]; });
    }
    bool is_number() const { return !counts() && truths.empty() && !by_symbol(); }
    bool is_zero() const { return is_number() && symbols[0] == 0; }
};
using Mixeds = std::vector<Mixed>;

/// What B may be, ascending, and when: a condition, empty where there is one number alone.
using NumbersOfB = std::map<Rational, std::string>;

/// Whether something is so: always, never, or as a condition says.
struct Truth {
    std::optional<bool> known;
    std::string text;
};

bool all_at_least_0(const Vector& form) {
    return std::all_of(form.begin(), form.end(), [](const Rational& x) { return x >= 0; });
}
bool all_at_most_0(const Vector& form) {
    return std::all_of(form.begin(), form.end(), [](const Rational& x) { return x <= 0; });
}

/// The greatest divisor of the multiples of names in the form times `times`; 0 where there is none.
mpz_class divisor(const Vector& form, const mpz_class& times) {
    mpz_class all = 0;
    for (std::size_t k = 1; k < form.size(); ++k)
        all = gcd(all, mpz_class(form[k].get_num() * (times / form[k].get_den())));
    return all;
}

/// `1/i`, or `1/(i*[n>1])`.
bool is_reciprocal(const Expression::Node& node) {
    const auto is_variable = [](const Expression::Node& of, long Bindings::*which) {
        return of.operation == Operation::variable && of.variable == which;
    };
    const auto is_one = [](const Expression::Node& of) {
        return of.operation == Operation::constant && of.constant == 1;
    };
    if (node.operation != Operation::divide || !is_one(*node.left)) return false;
    const Expression::Node& below = *node.right;
    if (is_variable(below, &Bindings::i)) return true;
    return below.operation == Operation::multiply && is_variable(*below.left, &Bindings::i) &&
           below.right->operation == Operation::greater && is_variable(*below.right->left, &Bindings::n) &&
           is_one(*below.right->right);
}

void require_comparing(const Model& model, Budget& budget) {
    require_plain(model, budget);
    for (const Layer& layer : model.layers) {
        if (!layer.attention) continue;
        const Attention& attention = *layer.attention;
        require_plain(attention, budget);
        for (const Head& head : attention.heads) {
            if (head.mask != Mask::causal) refuse_model(head.place, "the mask is causal");
            if (!number_of(head.bias, budget)) refuse_model(head.place, "the bias is a number");
        }
    }
}

class ComparingText {
  public:
    ComparingText(const Model& model, Budget& budget)
        : model_(model), budget_(budget), symbols_(model.alphabet.size()), names_(1) {}

    std::string write() {
        std::string first = "alphabet";
        for (const Symbol& symbol : model_.alphabet) first += " " + quoted_symbol(symbol);
        lines_ = first + "\n";
        for (std::size_t a = 0; a < symbols_; ++a) {
            names_.push_back("t" + std::to_string(a + 1));
            lines_ += names_.back() + " = #[Q(" + quoted_symbol(model_.alphabet[a]) + ")]\n";
        }
        embed();
        for (const Layer& layer : model_.layers) {
            if (layer.attention) attend(*layer.attention);
            if (layer.feedforward) feed_forward(*layer.feedforward);
        }
        Mixed score = number(*number_of(model_.readout.bias[0], budget_));
        for (const auto& entry : model_.readout.weight.rows[0]) add(score, entry.value.rational(), y_[entry.column]);
        const Truth answer = positive(score);
        return lines_ + "out = " + (answer.known ? (*answer.known ? "true" : "false") : answer.text) + "\n";
    }

  private:
    Mixed number(const Rational& x) const { return {Vector(symbols_, x), {}, {}}; }

    void add(Mixed& to, const Rational& times, const Mixed& other) {
        accumulate(to.symbols, times, other.symbols, budget_);
        accumulate(to.counted, times, other.counted, budget_);
        for (const auto& [which, factor] : other.truths) {
            budget_.step(16);
            Rational& sum = to.truths[which];
            sum += times * factor;
            if (sum == 0) to.truths.erase(which);
        }
    }

    Mixeds mapped(const Affine& map, const Mixeds& y) {
        Mixeds rows;
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            budget_.memory(64 * (symbols_ + 1));
            rows.push_back(number(map.bias.empty() ? Rational(0) : map.bias[r].rational()));
            for (const auto& entry : map.weight.rows[r]) add(rows.back(), entry.value.rational(), y[entry.column]);
        }
        return rows;
    }

    void embed() {
        budget_.memory(64 * model_.dimension, symbols_ + 1);
        y_.assign(model_.dimension, number(0));
        begin_ = rationals(model_.embedding.at(*model_.begin));
        for (std::size_t a = 0; a < symbols_; ++a) {
            const Vector vector = rationals(model_.embedding.at(model_.alphabet[a]));
            for (std::size_t c = 0; c < model_.dimension; ++c) y_[c].symbols[a] = vector[c];
        }
        for (std::size_t c = 0; c < model_.position.size(); ++c) {
            if (const auto x = number_of(model_.position[c], budget_)) {
                begin_[c] += *x;
                add(y_[c], 1, number(*x));
            } else if (is_reciprocal(model_.position[c].root(budget_))) {
                begin_[c] += 1;
                accumulate(y_[c].counted, 1, {1}, budget_);
            } else {
                refuse_model("position", "the coordinates are numbers, or 1/i");
            }
        }
    }

    // Lines of the program.

    std::string text_of(const Vector& form, const mpz_class& times) const {
        return form_text(
            form, times, [&](std::size_t k) { return names_[k]; }, budget_);
    }

    /// The name of a line with this definition, of which each is written once: the letter and `number`, if it is new.
    std::string line(const std::string& name, const std::string& definition, bool& is_new) {
        const auto [at, fresh] = defined_.try_emplace(definition, name);
        is_new = fresh;
        budget_.step(64 + definition.size());
        if (fresh) {
            budget_.memory(256 + 4 * definition.size());
            lines_ += name + " = " + definition + "\n";
        }
        return at->second;
    }

    /// The name, by its index, of a line that is a count.
    std::size_t count_line(const std::string& name, const std::string& definition) {
        bool is_new = false;
        const std::string found = line(name, definition, is_new);
        budget_.step(names_.size());
        if (is_new) names_.push_back(found);
        return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), found) - names_.begin());
    }
    std::size_t unit_line(const std::string& definition) {
        const std::size_t at = count_line("r" + std::to_string(units_ + 1), definition);
        if (names_[at] == "r" + std::to_string(units_ + 1)) ++units_;
        return at;
    }

    /// 1 where it is so, 0 elsewhere.
    Mixed indicator(const Truth& truth) {
        if (truth.known) return number(*truth.known ? 1 : 0);
        bool is_new = false;
        const std::string name = line("b" + std::to_string(booleans_ + 1), truth.text, is_new);
        if (is_new) ++booleans_;
        Mixed result = number(0);
        result.truths[std::stoul(name.substr(1))] = 1;
        return result;
    }

    // Numbers of B, and signs.

    NumbersOfB numbers_of(const Mixed& value) {
        const bool by_symbol = value.by_symbol();
        const std::size_t each = by_symbol ? symbols_ : 1, bits = value.truths.size();
        if (bits > 12 || (each << bits) > most_cases) refuse_model("", "a sum of Booleans has more than 4096 cases");
        NumbersOfB numbers;
        for (std::size_t a = 0; a < each; ++a)
            for (std::size_t valuation = 0; valuation < std::size_t{1} << bits; ++valuation) {
                budget_.step(32 * (1 + bits));
                Rational sum = value.symbols[a];
                std::string when = by_symbol ? "Q(" + quoted_symbol(model_.alphabet[a]) + ")" : "";
                std::size_t place = bits;
                for (const auto& [which, factor] : value.truths) {
                    const bool is = (valuation >> --place & 1) != 0;
                    if (is) sum += factor;
                    when += (when.empty() ? "" : " & ") + std::string(is ? "" : "!") + "b" + std::to_string(which);
                }
                std::string& all = numbers[sum];
                budget_.memory(when.size());
                all += (all.empty() ? "" : " | ") + when;
            }
        if (numbers.size() > most_values) refuse_model("", "a sum of Booleans has more than 64 numbers");
        return numbers;
    }

    /// p x + L: p is 1 and each count of a symbol.
    Vector times_positions(const Rational& x, const Vector& more) {
        Vector form(symbols_ + 1, x);
        accumulate(form, 1, more, budget_);
        return form;
    }

    /// Whether the form is positive; its names are at least 0.
    Truth is_positive(Vector form) const {
        if (all_at_most_0(form)) return {false, ""};
        if (all_at_least_0(form) && form[0] > 0) return {true, ""};
        const mpz_class times = denominator(form), common = divisor(form, times);
        mpz_class constant = form[0].get_num() * (times / form[0].get_den()) - 1;
        mpz_fdiv_q(constant.get_mpz_t(), constant.get_mpz_t(), common.get_mpz_t());
        for (std::size_t k = 1; k < form.size(); ++k) form[k] = form[k] * times / common;
        form[0] = constant + 1;
        return {std::nullopt, "0 < " + text_of(form, 1)};
    }

    Truth positive(const Mixed& value) {
        const NumbersOfB numbers = numbers_of(value);
        std::string any;
        bool always = true;
        for (const auto& [x, when] : numbers) {
            const Truth truth = is_positive(times_positions(x, value.counted));
            if (numbers.size() == 1) return truth;
            always = always && truth.known.value_or(false);
            if (truth.known == false) continue;
            any += (any.empty() ? "(" : " | (") + when + ")" + (truth.known ? "" : " & " + truth.text);
        }
        if (always) return {true, ""};
        return any.empty() ? Truth{false, ""} : Truth{std::nullopt, any};
    }

    /// Whether the value may be 0: a condition, or false.
    Truth zero(const Mixed& value) {
        const NumbersOfB numbers = numbers_of(value);
        std::string any;
        for (const auto& [x, when] : numbers) {
            const Vector form = times_positions(x, value.counted);
            if (form[0] > 0 && all_at_least_0(form)) continue;
            if (form[0] < 0 && all_at_most_0(form)) continue;
            const mpz_class times = denominator(form), common = divisor(form, times);
            const mpz_class constant = form[0].get_num() * (times / form[0].get_den());
            if (common != 0 && constant % common != 0) continue;
            const std::string is = "0 = " + text_of(form, times);
            any += (any.empty() ? "" : " | ") + (numbers.size() == 1 ? is : "(" + when + ") & " + is);
        }
        return any.empty() ? Truth{false, ""} : Truth{std::nullopt, any};
    }

    // Feed-forward parts.

    void feed_forward(const FeedForward& part) {
        Mixeds x = mapped(part.maps[0], y_);
        for (std::size_t m = 1; m < part.maps.size(); ++m) {
            for (Mixed& value : x) value = rectified(value);
            x = mapped(part.maps[m], x);
        }
        Vector begin = part(begin_, budget_);
        if (part.residual) {
            for (std::size_t c = 0; c < x.size(); ++c) add(x[c], 1, y_[c]);
            add_to(begin, begin_, budget_);
        }
        y_ = std::move(x);
        begin_ = std::move(begin);
    }

    Mixed rectified(const Mixed& value) {
        const NumbersOfB numbers = numbers_of(value);
        if (!value.counts()) return rectified(value, numbers);
        mpz_class times = 1;
        bool is_itself = true, is_0 = true;
        for (const auto& [x, when] : numbers) {
            const Vector form = times_positions(x, value.counted);
            times = lcm(times, denominator(form));
            is_itself = is_itself && all_at_least_0(form);
            is_0 = is_0 && all_at_most_0(form);
        }
        if (is_itself) return value;
        if (is_0) return number(0);
        std::string choice;
        std::size_t left = numbers.size();
        for (const auto& [x, when] : numbers) {
            const Vector form = times_positions(x, value.counted);
            std::string text = all_at_most_0(form) ? "0" : text_of(form, times);
            if (!all_at_most_0(form) && !all_at_least_0(form)) text = "max(0, " + text + ")";
            choice += --left == 0 ? text : "(" + when + " ? " + text + " : ";
        }
        const std::size_t unit = unit_line(choice + std::string(numbers.size() - 1, ')'));
        Mixed result = number(0);
        result.counted.resize(unit + 1);
        result.counted[unit] = Rational(1) / times;
        return result;
    }

    /// Of B alone.
    Mixed rectified(const Mixed& value, const NumbersOfB& numbers) {
        if (numbers.begin()->first >= 0) return value;
        Mixed result = number(0);
        if (value.truths.empty()) {
            for (std::size_t a = 0; a < symbols_; ++a)
                if (value.symbols[a] > 0) result.symbols[a] = value.symbols[a];
            return result;
        }
        for (const auto& [x, when] : numbers)
            if (x > 0) add(result, x, indicator({std::nullopt, when}));
        return result;
    }

    // Attention.

    void attend(const Attention& attention) {
        Mixeds sum(model_.dimension, number(0));
        Vector begin(model_.dimension);
        for (const Head& head : attention.heads) {
            const Mixed more = for_begin(head, *number_of(attention.scale, budget_));
            const Vector of_begin = head.value(begin_, budget_);
            const Mixeds values = mapped(head.value, y_);
            const Mixeds rows = more.is_zero() ? means(head, values, of_begin) : compared(head, values, of_begin, more);
            if (!more.is_zero() && attention.kind != Kind::average)
                refuse_model(head.place, "a head that compares has average attention");
            const Mixeds added = mapped(head.output, rows);
            for (std::size_t c = 0; c < sum.size(); ++c) add(sum[c], 1, added[c]);
            add_to(begin, head.output(of_begin, budget_), budget_);
        }
        if (attention.residual) {
            for (std::size_t c = 0; c < sum.size(); ++c) add(sum[c], 1, y_[c]);
            add_to(begin, begin_, budget_);
        }
        y_ = std::move(sum);
        begin_ = std::move(begin);
    }

    /// By how much the score of the begin symbol is more than that of all others, which are alike.
    Mixed for_begin(const Head& head, const Rational& scale) {
        Mixed more = number(0);
        if (!head.query) return more;
        const Mixeds query = mapped(*head.query, y_), key = mapped(*head.key, y_);
        const Vector of_begin = (*head.key)(begin_, budget_);
        for (std::size_t r = 0; r < query.size(); ++r) {
            if (query[r].is_zero()) continue;
            if (!key[r].is_number()) refuse_model(head.place, "keys tell the begin symbol from all others alone");
            add(more, scale * (of_begin[r] - key[r].symbols[0]), query[r]);
        }
        return more;
    }

    Mixeds means(const Head& head, const Mixeds& values, const Vector& of_begin) {
        Mixeds rows;
        for (std::size_t r = 0; r < values.size(); ++r) {
            if (values[r].counts()) refuse_model(head.place, "what is averaged is made of symbols and Booleans");
            Mixed& row = rows.emplace_back(number(0));
            row.counted.assign(symbols_ + 1, 0);
            row.counted[0] = of_begin[r];
            for (std::size_t a = 0; a < symbols_; ++a) row.counted[a + 1] = values[r].symbols[a];
            for (const auto& [which, factor] : values[r].truths) {
                const std::string boolean = std::to_string(which);
                const std::size_t count = count_line("c" + boolean, "#[b" + boolean + "]");
                if (row.counted.size() <= count) row.counted.resize(count + 1);
                row.counted[count] += factor;
            }
        }
        return rows;
    }

    Mixeds compared(const Head& head, const Mixeds& values, const Vector& of_begin, const Mixed& more) {
        const Mixed greater = indicator(positive(more));
        const Truth same = zero(more);
        std::size_t tie = 0;
        if (!same.known) tie = unit_line("(" + same.text + " ? 1 : 0)");
        Mixeds rows;
        for (std::size_t r = 0; r < values.size(); ++r) {
            if (!values[r].is_number())
                refuse_model(head.place, "what is compared for is a number but at the begin symbol");
            const Rational difference = of_begin[r] - values[r].symbols[0];
            Mixed& row = rows.emplace_back(values[r]);
            add(row, difference, greater);
            if (tie == 0) continue;
            Vector share(tie + 1);
            share[tie] = 1;
            accumulate(row.counted, difference, share, budget_);
        }
        return rows;
    }

    const Model& model_;
    Budget& budget_;
    std::size_t symbols_;
    std::vector<std::string> names_;              ///< of counts, by index in forms; the first stands for the number
    std::map<std::string, std::string> defined_;  ///< definition to name
    std::string lines_;
    std::size_t booleans_ = 0, units_ = 0;
    Mixeds y_;      ///< by coordinate, at the positions of a word
    Vector begin_;  ///< at the begin symbol
};

}  // namespace

std::string comparing_text(const Model& model, Budget& budget) {
    require_comparing(model, budget);
    return ComparingText(model, budget).write();
}

}  // namespace attest::checker
