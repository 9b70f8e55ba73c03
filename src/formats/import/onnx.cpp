#include "onnx.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "bytes.hpp"

// ONNX is a message of protocol buffers: fields that begin with a number (field · 8 + kind). The graph is field 7 of
// the model, a node field 1 of the graph, the type of its operator field 4 of the node. Export merges, renames and
// transposes weights, so that their roles could only be guessed: such files are not imported.

namespace attest::formats::import {

namespace {

std::uint64_t varint(Cursor& cursor) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint64_t byte = cursor.number(1, "a number");
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
    throw base::InputError("", "a number", "more than 64 bits");
}

/// Calls `visit` with each field of this number that holds bytes.
void for_each_field(std::string_view message, std::uint64_t field, const std::function<void(std::string_view)>& visit) {
    Cursor cursor(message, "");
    while (!cursor.at_end()) {
        const std::uint64_t tag = varint(cursor);
        switch (tag & 7) {
            case 0: (void)varint(cursor); break;
            case 1: (void)cursor.take(8, "a field"); break;
            case 5: (void)cursor.take(4, "a field"); break;
            case 2: {
                const std::string_view bytes = cursor.take(varint(cursor), "a field");
                if (tag >> 3 == field) visit(bytes);
                break;
            }
            default: throw base::InputError("", "a field", "another kind");
        }
    }
}

std::set<std::string> operators(std::string_view file) {
    std::set<std::string> types;
    try {
        for_each_field(file, 7, [&](std::string_view graph) {
            for_each_field(graph, 1, [&](std::string_view node) {
                for_each_field(node, 4, [&](std::string_view type) { types.insert(base::printable(type, 30)); });
            });
        });
    } catch (const base::InputError&) {
        // What could be read until there is enough for the message.
    }
    return types;
}

}  // namespace

void refuse_onnx(std::string_view file, const std::string& name) {
    const std::set<std::string> types = operators(file);
    throw base::InputError(
        name, fmt::format("ONNX holds a graph, not a transformer; save the state dict: "
                          "torch.save(model.state_dict(), \"model.pt\") (operators found: {})",
                          types.empty() ? "none" : base::printable(fmt::format("{}", fmt::join(types, " ")), 1000)));
}

}  // namespace attest::formats::import
