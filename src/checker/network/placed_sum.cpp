#include "checker/network/placed_sum.hpp"

#include <algorithm>
#include <optional>

#include "checker/network/expression_node.hpp"

namespace attest::checker {
namespace {

using Node = Expression::Node;

constexpr std::size_t most_number_bits = 4096;

bool is_number(const Node& node) {
    return node.operation == Operation::constant &&
           mpz_sizeinbase(node.constant.get_num_mpz_t(), 2) <= most_number_bits &&
           mpz_sizeinbase(node.constant.get_den_mpz_t(), 2) <= most_number_bits;
}

bool is_zero(const Node& node) { return node.operation == Operation::constant && sgn(node.constant) == 0; }

/// The whole number with which the node compares i.
std::optional<long> compared(const Node& node, Operation relation) {
    if (node.operation != relation || node.left->operation != Operation::variable ||
        node.left->variable != &Bindings::i || node.right->operation != Operation::constant)
        return std::nullopt;
    const Rational& place = node.right->constant;
    if (place.get_den() != 1 || !place.get_num().fits_slong_p()) return std::nullopt;
    return place.get_num().get_si();
}

/// c, -c, c/d and -c/d.
std::optional<Rational> written(const Node& node) {
    if (is_number(node)) return node.constant;
    if (node.operation == Operation::negate && is_number(*node.left)) return Rational(-node.left->constant);
    if (node.operation != Operation::divide || node.left->operation == Operation::divide || !is_number(*node.right) ||
        is_zero(*node.right))
        return std::nullopt;
    std::optional<Rational> above = written(*node.left);
    if (above) *above /= node.right->constant;
    return above;
}

}  // namespace

bool PlacedSum::take(const Node& term) {
    if (term.operation == Operation::multiply) {
        const std::optional<long> place = compared(*term.left, Operation::equal);
        std::optional<Rational> value = place ? written(*term.right) : std::nullopt;
        if (value) terms_.emplace_back(*place, std::move(*value));
        return value.has_value();
    }
    if (term.operation == Operation::divide && is_zero(*term.left)) {
        const std::optional<long> last = compared(*term.right, Operation::less_equal);
        if (last) last_ = std::min(last_, *last);
        return last.has_value();
    }
    return is_zero(term);
}

std::shared_ptr<const PlacedSum> PlacedSum::of(const Node& root, Budget& budget) {
    PlacedSum sum;
    const Node* node = &root;
    for (; node->operation == Operation::add; node = node->left.get()) {
        budget.step(64);
        budget.memory(1, 64);
        if (!sum.take(*node->right)) return nullptr;
    }
    if (node == &root || !sum.take(*node)) return nullptr;
    std::sort(sum.terms_.begin(), sum.terms_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 1; k < sum.terms_.size(); ++k)
        if (sum.terms_[k - 1].first == sum.terms_[k].first) return nullptr;
    return std::make_shared<const PlacedSum>(std::move(sum));
}

const Rational* PlacedSum::at(long i) const {
    if (i > last_) return nullptr;
    const auto found = std::lower_bound(terms_.begin(), terms_.end(), i,
                                        [](const auto& term, long place) { return term.first < place; });
    return found != terms_.end() && found->first == i ? &found->second : &zero_;
}

}  // namespace attest::checker
