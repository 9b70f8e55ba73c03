#include "checker/network/placed_sum.hpp"

#include <algorithm>
#include <optional>

#include "checker/network/expression_node.hpp"

// A model with learned positions has a number for each coordinate and position in such texts: as trees they would be most of
// what is read.

namespace attest::checker {

/// The text, from left to right. What it takes is a part of the grammar of MODEL.md, section 3, and means what it means there.
class PlacedText {
  public:
    explicit PlacedText(std::string_view text) : rest_(text) {}

    bool read(PlacedSum& sum) {
        do {
            if (!term(sum)) return false;
        } while (take('+'));
        return rest_.empty() && (!sum.terms_.empty() || sum.last_ < std::numeric_limits<long>::max());
    }

  private:
    static constexpr std::size_t most_digits = 1200, most_digits_of_place = 17;

    char peek() {
        const std::size_t blanks = std::min(rest_.find_first_not_of(" \t"), rest_.size());
        rest_.remove_prefix(blanks);
        return rest_.empty() ? '\0' : rest_.front();
    }

    bool take(char token) {
        if (peek() != token) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// How many digits there are at the place: 0 also where a number may not begin so.
    std::size_t digits_from(std::size_t begin) const {
        std::size_t end = begin;
        while (end < rest_.size() && rest_[end] >= '0' && rest_[end] <= '9') ++end;
        const bool starts_with_0 = end > begin + 1 && rest_[begin] == '0';
        return starts_with_0 || end - begin > most_digits ? 0 : end - begin;
    }

    std::optional<long> place() {
        peek();
        const std::size_t digits = digits_from(0);
        if (digits == 0 || digits > most_digits_of_place) return std::nullopt;
        long number = 0;
        for (const char digit : rest_.substr(0, digits)) number = 10 * number + (digit - '0');
        rest_.remove_prefix(digits);
        return number;
    }

    /// c, -c, c/d and -c/d, without blanks.
    std::optional<KeptRational> number() {
        peek();
        const std::size_t begin = rest_.starts_with('-') ? 1 : 0;
        std::size_t size = digits_from(begin);
        if (size == 0) return std::nullopt;
        size += begin;
        if (size < rest_.size() && rest_[size] == '/') {
            const std::size_t below = digits_from(size + 1);
            if (below == 0 || rest_[size + 1] == '0') return std::nullopt;
            size += 1 + below;
        }
        KeptRational number = kept_quoted_number(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return number;
    }

    /// `[i=k]*(c)`, 0 and `0/[i <= L]`.
    bool term(PlacedSum& sum) {
        if (take('0')) {
            if (!take('/')) return true;
            if (!take('[') || !take('i') || !take('<') || !take_at_once('=')) return false;
            const std::optional<long> last = place();
            if (last) sum.last_ = std::min(sum.last_, *last);
            return last && take(']');
        }
        if (!take('[') || !take('i') || !take('=')) return false;
        const std::optional<long> at = place();
        if (!at || !take(']') || !take('*') || !take('(')) return false;
        std::optional<KeptRational> value = number();
        if (value) sum.terms_.emplace_back(*at, std::move(*value));
        return value && take(')');
    }

    /// The second sign of two that are one.
    bool take_at_once(char token) { return rest_.starts_with(token) && take(token); }

    std::string_view rest_;
};

std::shared_ptr<const PlacedSum> PlacedSum::read(std::string_view text, Budget& budget) {
    if (text.size() > longest_expression) return nullptr;
    budget.step(text.size());
    const std::shared_ptr<PlacedSum> sum(new PlacedSum(text));
    if (!PlacedText(text).read(*sum)) return nullptr;
    budget.memory(text.size(), 4);  // a term has nine characters at least
    const auto by_place = [](const auto& a, const auto& b) { return a.first < b.first; };
    if (!std::is_sorted(sum->terms_.begin(), sum->terms_.end(), by_place))
        std::sort(sum->terms_.begin(), sum->terms_.end(), by_place);
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    const bool twice = std::adjacent_find(sum->terms_.begin(), sum->terms_.end(), same) != sum->terms_.end();
    return twice ? nullptr : sum;
}

const KeptRational* PlacedSum::at(long i) const {
    if (i > last_) return nullptr;
    const auto found = std::lower_bound(terms_.begin(), terms_.end(), i,
                                        [](const auto& term, long place) { return term.first < place; });
    return found != terms_.end() && found->first == i ? &found->second : &zero_;
}

const Expression::Node& PlacedSum::tree(Budget& budget) const {
    if (!tree_) tree_ = parse_expression(text_, {"i"}, budget);
    return *tree_;
}

}  // namespace attest::checker
