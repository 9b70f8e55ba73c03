#pragma once

#include <fmt/format.h>

#include <string>

#include "attest/decide/recognise/prove.hpp"
#include "attest/network/transformer.hpp"
#include "decide/answer/table.hpp"

namespace attest::cli {

/// What the values of a function rest on that was read off all words.
inline std::string table_note(const network::Transformer& t, const decide::AnswerTable& table) {
    if (table.bits == 0)
        return fmt::format("{} attention: all {} words were evaluated exactly", to_string(t.kind()),
                           table.accepts.size());
    return fmt::format(
        "softmax has no circuit: {} evaluated in balls of at most {} bits, and no score is nearer to 0 than {}",
        table.asked == table.accepts.size()
            ? fmt::format("all {} words were", table.asked)
            : fmt::format("{} words stand for all {} by their counts, which were", table.asked, table.accepts.size()),
        table.bits, decide::margin_text(decide::EnclosedScore{table.bits, table.margin, {}, {}}));
}

}  // namespace attest::cli
