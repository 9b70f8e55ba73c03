#include "import_against.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/soft/evaluate.hpp"
#include "base/quote.hpp"

namespace attest::cli {

namespace {

constexpr long bits = 128;  ///< of balls: far below the noise of any framework

double score(const network::Transformer& t, const language::Word& word) {
    const auto length = static_cast<std::int64_t>(word.size());
    if (t.kind() != network::AttentionKind::softmax) return network::Evaluator(t, length).evaluate(word).score.get_d();
    return soft::Evaluator(t, length, bits).score(word).middle();
}

double as_number(const base::JsonNode& node) {
    if (!node.value().is_number()) node.fail("a number");
    return std::strtod(std::get<base::Json::Number>(node.value().value_).text.c_str(), nullptr);
}

}  // namespace

Comparison compare(const formats::import::Logits& logits, const std::string& expected, double tolerance,
                   const base::Limits& limits) {
    std::vector<network::Transformer> classes;
    for (const std::string& document : logits.documents)
        classes.push_back(formats::parse_model(document, "the imported model", logits.tensors));
    const base::Json document = base::Json::parse(base::read_file(expected), expected);
    Comparison comparison;
    for (const auto& [text, node] : base::JsonNode(document, expected).at("logits").members()) {
        const language::Word word = classes[0].alphabet.parse(text, fmt::format("{}:logits.{}", expected, text));
        const std::vector<base::JsonNode> recorded = node.elements();
        if (recorded.size() != classes.size()) node.fail(fmt::format("{} logits, one a class", classes.size()));
        for (std::size_t c = 0; c < classes.size(); ++c) {
            if (limits.exceeded()) throw base::Unsupported("the comparison did not end within the limits");
            const double ours = score(classes[c], word), theirs = as_number(recorded[c]);
            const double difference = std::abs(ours - theirs);
            if (!(difference <= tolerance * (1 + std::abs(theirs))))
                recorded[c].fail(fmt::format("the logit of the imported model within {}, which is {}", tolerance, ours),
                                 fmt::format("{}", theirs));
            comparison.greatest = std::max(comparison.greatest, difference);
        }
        ++comparison.words;
    }
    if (comparison.words == 0) throw base::InputError(expected + ":logits", "words with their logits", "none");
    return comparison;
}

}  // namespace attest::cli
