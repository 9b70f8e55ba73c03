#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "report/trace.hpp"
#include "sequence.hpp"

namespace attest::report {

namespace {

using exact::Ball;
using soft::HeadSeen;

constexpr std::size_t most_named = 8;  // positions in a line
constexpr double least_share = 0.01;   // of the greatest weight, to be named

/// Whether one share for all is what the balls allow.
bool even(const HeadSeen& seen) {
    const exact::Rational share(1, static_cast<unsigned long>(seen.weights.size()));
    return std::ranges::all_of(seen.weights, [&](const Ball& w) { return w.contains(share); });
}

std::string evenly(const std::vector<std::string>& symbols, const HeadSeen& seen) {
    if (seen.weights.size() == 1) return place(symbols, seen.first) + ", the only one";
    return fmt::format("{} to {} evenly", place(symbols, seen.first),
                       place(symbols, seen.first + static_cast<std::int64_t>(seen.weights.size()) - 1));
}

/// `4.156e-01…4.157e-01`: the ends, rounded outwards.
std::string enclosed(const Ball& weight) {
    const std::string lower = weight.lower_text(4), upper = weight.upper_text(4);
    return lower == upper ? lower : fmt::format("{}…{}", lower, upper);
}

std::string greatest_weights(const std::vector<std::string>& symbols, const HeadSeen& seen) {
    const std::vector<std::size_t> named = notable_positions(seen, most_named);
    std::string text;
    for (const std::size_t k : named)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                            place(symbols, seen.first + static_cast<std::int64_t>(k)), enclosed(seen.weights[k]));
    if (named.size() < seen.weights.size())
        text += fmt::format(", less to {} more", seen.weights.size() - named.size());
    return text;
}

std::string heads_text(const std::vector<std::string>& symbols, const std::vector<HeadSeen>& heads) {
    std::string text;
    const HeadSeen* before = nullptr;
    for (const HeadSeen& seen : heads) {
        if (before == nullptr || before->layer != seen.layer || before->head != seen.head)
            text += fmt::format("    layer {}, head {}\n", seen.layer + 1, seen.head + 1);
        before = &seen;
        text += fmt::format("      {} → {}\n", place(symbols, seen.position),
                            even(seen) ? evenly(symbols, seen) : greatest_weights(symbols, seen));
    }
    return text;
}

}  // namespace

std::vector<std::size_t> notable_positions(const HeadSeen& seen, std::size_t at_most) {
    std::vector<std::size_t> order(seen.weights.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t k) { return seen.weights[k].middle(); });
    if (order.empty()) return order;
    const double least = least_share * seen.weights[order.front()].middle();
    std::erase_if(order, [&](std::size_t k) { return seen.weights[k].middle() < least; });
    order.resize(std::min(order.size(), at_most));
    return order;
}

std::string trace_text(const network::Transformer& t, const language::Word& word, const std::vector<HeadSeen>& heads,
                       const soft::Judgement& judged) {
    const std::vector<std::string> symbols = sequence(t, word);
    return heads_text(symbols, heads) + fmt::format("    read {}: score from {} to {}, {}\n", read_where(t, symbols),
                                                    judged.score.lower_text(6), judged.score.upper_text(6),
                                                    !judged.accepts   ? "undecided"
                                                    : *judged.accepts ? "accept"
                                                                      : "reject");
}

std::string trace_text(const network::Transformer& t, const language::Word& word, const std::vector<HeadSeen>& heads,
                       const soft::Classification& found) {
    const std::vector<std::string> symbols = sequence(t, word);
    return heads_text(symbols, heads) + fmt::format("    read {}\n", read_where(t, symbols)) +
           logits_text(t, found.logits);
}

std::string logits_text(const network::Transformer& t, const std::vector<exact::BallVector>& logits) {
    std::string text;
    for (const exact::BallVector& at : logits)
        for (std::size_t c = 0; c < at.size(); ++c)
            text += fmt::format("    logit of {}: between {} and {}\n", base::printable(t.readout.classes->names[c]),
                                at[c].lower_text(8), at[c].upper_text(8));
    return text;
}

}  // namespace attest::report
