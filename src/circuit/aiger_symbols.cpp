#include <fmt/format.h>

#include <set>
#include <utility>

#include "aiger_file.hpp"

namespace attest::circuit {

namespace {

constexpr const char* what_may_follow = "a symbol (i, o, b or c with a number), the comment, or the end of the file";
constexpr const char* what_may_follow_latches =
    "a symbol (i, l, o, b or c with a number), the comment, or the end of the file";

std::size_t count_of(const AigerFile& file, char kind) {
    switch (kind) {
        case 'i': return file.inputs.size();
        case 'l': return file.latches.size();
        case 'o': return file.outputs.size();
        case 'b': return file.bad.size();
        case 'c': return file.constraints.size();
        default: return 0;
    }
}

std::string& name_of(AigerFile& file, char kind, std::size_t k) {
    if (kind == 'i') return file.input_names[k];
    if (kind == 'l') return file.latches[k].next.name;
    return (kind == 'o' ? file.outputs : kind == 'b' ? file.bad : file.constraints)[k].name;
}

}  // namespace

void parse_aiger_symbols(AigerCursor& cursor, AigerFile& file) {
    std::set<std::pair<char, std::uint32_t>> named;
    while (!cursor.at_end()) {
        const AigerCursor before = cursor;
        const char kind = cursor.peek();
        const bool is_latch = kind == 'l' && !file.latches.empty();
        if (kind != 'i' && kind != 'o' && kind != 'b' && kind != 'c' && !is_latch)
            cursor.fail(file.latches.empty() ? what_may_follow : what_may_follow_latches);
        cursor.expect(kind);
        if (kind == 'c' && cursor.peek() == '\n') return;  // all that follows is for people
        const std::uint32_t k = cursor.number("a number", UINT32_MAX);
        const std::size_t count = count_of(file, kind);
        if (k >= count) {
            before.fail(fmt::format("a symbol {} with a number below {}", kind, count), fmt::format("{}{}", kind, k));
        }
        if (!named.emplace(kind, k).second) {
            before.fail("each symbol once", fmt::format("{}{} again", kind, k));
        }
        cursor.expect(' ');
        name_of(file, kind, k) = cursor.rest_of_line();
    }
}

}  // namespace attest::circuit
