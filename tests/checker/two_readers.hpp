#pragma once

#include <string>

#include "attest/base/error.hpp"
#include "attest/exact/expression.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "checker/core/cursor.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/network/instance.hpp"
#include "checker/network/model.hpp"
#include "checker/network/safetensors.hpp"
#include "checker/network/tables.hpp"
#include "formats/tensors.hpp"

// The model format has one grammar and two readers that share no line. Here each is asked about the same text.

namespace attest::tests {

/// What a reader makes of a text.
struct Reading {
    bool accepted = false;
    std::string what;  ///< the value where there is one to compare, or why the text is refused
};

namespace two_readers {

template <typename Read>
Reading by_attest(Read read) {
    try {
        return {true, read()};
    } catch (const base::InputError& e) {
        return {false, e.what()};
    }
}

template <typename Read>
Reading by_checker(Read read) {
    try {
        return {true, read()};
    } catch (const checker::Defect& e) {
        return {false, e.place() + ": " + e.what()};
    }
}

/// Answers on all words of lengths 0 to 2, `-` where there is none.
inline std::string answers(const network::Transformer& t) {
    std::string text;
    for (std::int64_t length = 0; length <= 2; ++length) {
        language::Word word(static_cast<std::size_t>(length));
        do {
            try {
                require_values(t, t.sequence_length(length));
                text += network::Evaluator(t, length).evaluate(word).accepts ? '1' : '0';
            } catch (const base::Error&) {
                text += '-';
            }
        } while (language::next_word(word, t.alphabet));
    }
    return text;
}

inline bool next(std::vector<std::size_t>& word, std::size_t symbols) {
    for (std::size_t i = word.size(); i-- > 0;) {
        if (++word[i] < symbols) return true;
        word[i] = 0;
    }
    return false;
}

inline std::string answers(const checker::Model& model) {
    std::string text;
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    for (std::size_t length = 0; length <= 2; ++length) {
        std::vector<std::size_t> word(length);
        do {
            try {
                text += accepts(instantiate(model, length, budget), word, budget) ? '1' : '0';
            } catch (const checker::Defect&) {
                text += '-';
            }
        } while (next(word, model.alphabet.size()));
    }
    return text;
}

}  // namespace two_readers

struct Both {
    Reading attest, checker;
    bool agree() const {
        return attest.accepted == checker.accepted && (!attest.accepted || attest.what == checker.what);
    }
};

/// A JSON document that is one number, as models hold them.
inline Both read_number(const std::string& text) {
    return {two_readers::by_attest([&] {
                const base::Json json = base::Json::parse(text, "f");
                return exact::to_string(exact::read_rational(base::JsonNode(json, "f")));
            }),
            two_readers::by_checker([&] {
                checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
                const checker::Json json = checker::parse_json(text, "f", budget);
                return checker::Cursor(json, "f").number().get_str();
            })};
}

/// An expression in i, j and n, and its values at some places; `soft`: as softmax models may have it.
inline Both read_expression(const std::string& text, bool soft = false) {
    struct At {
        long i, j, n;
    };
    constexpr At places[] = {{1, 1, 1}, {2, 5, 7}, {3, 2, 4}};
    return {
        two_readers::by_attest([&] {
            const exact::Expression e = exact::Expression::parse(text, "ijn", soft, "e");
            std::string values;
            for (const At& at : places) {
                try {
                    values +=
                        (e.is_transcendental() ? "soft"
                                               : exact::to_string(e.evaluate({.i = at.i, .j = at.j, .n = at.n}))) +
                        ";";
                } catch (const base::InputError&) {
                    values += "none;";
                }
            }
            return values;
        }),
        two_readers::by_checker([&] {
            checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
            const checker::Expression e(text, {"i", "j", "n"}, budget);
            if (!soft && e.is_transcendental()) throw checker::Defect("", "transcendental");
            std::string values;
            for (const At& at : places) {
                try {
                    values += (e.is_transcendental() ? "soft" : e.value({at.i, at.j, at.n, 0}, budget).get_str()) + ";";
                } catch (const checker::Defect&) {
                    values += "none;";
                }
            }
            return values;
        })};
}

/// A model file and its companion, if it names one. Models without softmax are compared on short words.
inline Both read_model(const std::string& text, const std::string& tensors = {}) {
    return {two_readers::by_attest([&]() -> std::string {
                const network::Transformer t = formats::parse_model(text, "model.json", tensors);
                return t.kind() == network::AttentionKind::softmax ? "soft" : two_readers::answers(t);
            }),
            two_readers::by_checker([&]() -> std::string {
                checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
                const checker::Model m = checker::read_model(
                    text, "model.json", [&](const std::string&) -> std::string_view { return tensors; }, budget);
                return m.is_soft() ? "soft" : two_readers::answers(m);
            })};
}

inline Both read_tables(const std::string& text) {
    return {two_readers::by_attest([&]() -> std::string {
                return std::to_string(formats::parse_guhat(text, "model.json").attention.size());
            }),
            two_readers::by_checker([&]() -> std::string {
                checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
                return std::to_string(checker::read_tables(text, "model.json", budget).prefer.size());
            })};
}

inline Both read_tensors(const std::string& bytes) {
    return {two_readers::by_attest([&] {
                std::string names;
                for (const auto& [name, tensor] : formats::read_tensors(bytes, "f"))
                    names += name + ":" + std::to_string(tensor.count()) + ";";
                return names;
            }),
            two_readers::by_checker([&] {
                checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
                std::string names;
                for (const auto& [name, tensor] : checker::read_safetensors(bytes, "f", budget))
                    names += name + ":" + std::to_string(tensor.count()) + ";";
                return names;
            })};
}

}  // namespace attest::tests
