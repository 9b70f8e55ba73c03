#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace attest::tests {

/// A sum of terms, most of them `[i = K]*(c)` as learned positions are written, some of other forms, together with its value by plain
/// arithmetic.
class LearnedSum {
  public:
    /// below(n): a random number below n
    template <typename Below>
    explicit LearnedSum(Below below) {
        const bool is_plain = below(2) == 0;  // nothing but what is to be recognised
        if (below(3) == 0) add(last_of(static_cast<long>(below(9))));
        else if (below(3) == 0) add({"0", [](long, long) { return mpq_class(0); }});
        const std::uint64_t terms = 1 + below(12);
        for (std::uint64_t k = 0; k < terms; ++k) {
            const Number c = number(below);
            const auto place = static_cast<long>(is_plain ? k + 1 : below(9));
            const std::string at = std::to_string(place), times = "*(" + c.text + ")";
            const mpq_class v = c.value;
            const auto here = [v, place](long i, long) { return i == place ? v : mpq_class(0); };
            switch (is_plain ? 15 : below(16)) {
                case 0: add({c.text + "*[i=" + at + "]", here}); break;
                case 1: add({"[" + at + "=i]" + times, here}); break;
                case 2: add({"[j=" + at + "]" + times, [here](long i, long j) { return here(j, i); }}); break;
                case 3:
                    add({"[i<=" + at + "]" + times,
                         [v, place](long i, long) { return i <= place ? v : mpq_class(0); }});
                    break;
                case 4: add({c.text, [v](long, long) { return v; }}); break;
                case 5: add(last_of(place)); break;
                case 6: add({"0*i", [](long, long) { return mpq_class(0); }}); break;
                case 7: subtract_ = true; [[fallthrough]];
                default: add({"[i = " + at + "]" + times, here});
            }
        }
    }

    const std::string& text() const { return text_; }
    /// None where a term has none.
    std::optional<mpq_class> value(long i, long j) const {
        mpq_class sum = 0;
        for (const Term& term : terms_) {
            const std::optional<mpq_class> value = term.value(i, j);
            if (!value) return std::nullopt;
            if (term.is_subtracted) sum -= *value;
            else sum += *value;
        }
        return sum;
    }

  private:
    struct Number {
        std::string text;
        mpq_class value;
    };
    struct Term {
        std::string text;
        std::function<std::optional<mpq_class>(long i, long j)> value;
        bool is_subtracted = false;
    };

    template <typename Below>
    static Number number(Below below) {
        const std::string above = std::to_string(below(1000)), under = std::to_string(1 + below(64));
        switch (below(4)) {
            case 0: return {above, mpq_class(above)};
            case 1: return {"-" + above, mpq_class(-mpq_class(above))};
            default: {
                mpq_class value(above + "/" + under);
                value.canonicalize();
                const bool negative = below(2) == 0;
                return {(negative ? "-" : "") + above + "/" + under, negative ? mpq_class(-value) : value};
            }
        }
    }
    static Term last_of(long last) {
        return {"0/[i <= " + std::to_string(last) + "]",
                [last](long i, long) { return i <= last ? std::optional<mpq_class>(0) : std::nullopt; }};
    }
    void add(Term term) {
        term.is_subtracted = subtract_ && !terms_.empty();
        subtract_ = false;
        terms_.push_back(std::move(term));
        text_ = joined();
    }
    std::string joined() const {
        std::string all;
        for (const Term& term : terms_) all += (all.empty() ? "" : term.is_subtracted ? " - " : " + ") + term.text;
        return all;
    }

    std::vector<Term> terms_;
    std::string text_;
    bool subtract_ = false;
};

}  // namespace attest::tests
