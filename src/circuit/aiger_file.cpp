#include "aiger_file.hpp"

#include <fmt/format.h>

#include <array>

#include "attest/base/error.hpp"

namespace attest::circuit {

namespace {

constexpr std::uint32_t most_variable = (std::uint32_t{1} << 31) - 1;  // literals have 32 bits
constexpr std::size_t bytes_an_input = 80;                             // names and nodes, roughly

struct Header {
    std::uint32_t maximum, inputs, latches, outputs, ands;
    std::uint32_t bad = 0, constraints = 0, justice = 0, fairness = 0;
};

Header parse_header(AigerCursor& cursor, std::string_view magic) {
    for (const char c : magic) cursor.expect(c);
    const auto count = [&cursor](const char* of_what) {
        cursor.expect(' ');
        return cursor.number(of_what, most_variable);
    };
    Header h{};
    h.maximum = count("the greatest variable");
    h.inputs = count("the number of inputs");
    h.latches = count("the number of latches");
    h.outputs = count("the number of outputs");
    h.ands = count("the number of gates");
    if (cursor.peek() == ' ') h.bad = count("the number of bad states");
    if (cursor.peek() == ' ') h.constraints = count("the number of constraints");
    if (cursor.peek() == ' ') h.justice = count("the number of justice properties");
    if (cursor.peek() == ' ') h.fairness = count("the number of fairness constraints");
    if (cursor.peek() != '\n') cursor.fail("the end of the header");
    return h;
}

/// The header's own sense, and that the file is long enough for what it promises.
void check_header(const AigerCursor& cursor, const Header& h, std::size_t most_bytes, Latches latches) {
    if (h.latches != 0 && latches == Latches::none)
        cursor.fail("a combinational circuit", fmt::format("{} latches", h.latches));
    if (h.justice != 0 || h.fairness != 0)
        cursor.fail(latches == Latches::none ? "a combinational circuit" : "bad states only",
                    "justice or fairness properties");
    const std::uint64_t defined = std::uint64_t{h.inputs} + h.latches + h.ands;
    if (h.maximum < defined || (cursor.binary() && h.maximum != defined)) {
        const std::string of_latches = h.latches == 0 ? "" : fmt::format(", {} latches", h.latches);
        cursor.fail(fmt::format("a greatest variable of {}{} ({} inputs{} and {} gates)",
                                cursor.binary() ? "" : "at least ", defined, h.inputs, of_latches, h.ands),
                    fmt::to_string(h.maximum));
    }
    const std::uint64_t ports = std::uint64_t{h.outputs} + h.latches + h.bad + h.constraints;
    const std::uint64_t least =
        cursor.binary() ? 2 * ports + 2 * std::uint64_t{h.ands} : 2 * (ports + h.inputs) + 6 * std::uint64_t{h.ands};
    const std::size_t there = cursor.remaining() - 1;  // without the header's end of line
    if (least > there) {
        cursor.fail(fmt::format("at least {} bytes after the header for the {} gates and {} ports that it promises",
                                least, h.ands, ports + h.inputs),
                    fmt::to_string(there));
    }
    if (std::uint64_t{h.inputs} + h.latches > most_bytes / bytes_an_input) {
        cursor.fail(fmt::format("a circuit that fits in {} MiB", most_bytes >> 20),
                    fmt::format("{} inputs", std::uint64_t{h.inputs} + h.latches));
    }
}

std::uint32_t parse_literal(AigerCursor& cursor, const AigerFile& file) {
    return cursor.number("a literal", 2 * file.maximum + 1);
}

/// A literal that defines a variable.
std::uint32_t parse_variable(AigerCursor& cursor, const AigerFile& file) {
    AigerCursor before = cursor;
    const std::uint32_t literal = parse_literal(cursor, file);
    if (literal == 0 || literal % 2 != 0) before.fail("an even literal, not 0", fmt::to_string(literal));
    return literal;
}

void parse_latch(AigerCursor& cursor, AigerFile& file) {
    const std::size_t k = file.latches.size();
    AigerFile::Latch latch{};
    latch.next.name = fmt::format("l{}", k);
    latch.next.where = cursor.where();
    latch.literal =
        file.binary ? static_cast<std::uint32_t>(2 * (file.inputs.size() + k + 1)) : parse_variable(cursor, file);
    if (!file.binary) cursor.expect(' ');
    latch.next.literal = parse_literal(cursor, file);
    if (cursor.peek() == ' ') {
        cursor.expect(' ');
        const AigerCursor before = cursor;
        const std::uint32_t initial = parse_literal(cursor, file);
        if (initial > 1) before.fail("0 or 1 as the first value of a latch", fmt::to_string(initial));
        latch.initial = initial == 1;
    }
    cursor.expect('\n');
    file.latches.push_back(std::move(latch));
}

void parse_ports(AigerCursor& cursor, const AigerFile& file, char kind, std::uint32_t count,
                 std::vector<AigerFile::Use>& ports) {
    for (std::uint32_t k = 0; k < count; ++k) {
        std::string where = cursor.where();
        const std::uint32_t literal = parse_literal(cursor, file);
        cursor.expect('\n');
        ports.push_back({fmt::format("{}{}", kind, k), literal, std::move(where)});
    }
}

void parse_ascii_and(AigerCursor& cursor, AigerFile& file) {
    AigerFile::And gate{};
    gate.literal = parse_variable(cursor, file);
    cursor.expect(' ');
    gate.left = parse_literal(cursor, file);
    cursor.expect(' ');
    gate.right = parse_literal(cursor, file);
    cursor.expect('\n');
    file.ands.push_back(gate);
}

void parse_binary_and(AigerCursor& cursor, AigerFile& file) {
    AigerFile::And gate{};
    gate.literal = static_cast<std::uint32_t>(2 * (file.inputs.size() + file.latches.size() + file.ands.size() + 1));
    const AigerCursor before = cursor;
    const std::uint32_t first = cursor.delta(gate.literal);
    if (first == 0) before.fail(fmt::format("gate {} to read smaller literals", gate.literal), "itself");
    gate.left = gate.literal - first;
    gate.right = gate.left - cursor.delta(gate.left);
    file.ands.push_back(gate);
}

}  // namespace

std::string AigerFile::where_input(std::size_t k) const { return fmt::format("{}:{}", name, 2 + k); }

std::string AigerFile::where_latch(std::size_t k) const { return latches[k].next.where; }

std::string AigerFile::where_and(std::size_t k) const {
    if (binary) return name;
    return fmt::format("{}:{}", name,
                       2 + inputs.size() + latches.size() + outputs.size() + bad.size() + constraints.size() + k);
}

AigerFile parse_aiger(std::string_view bytes, const std::string& name, std::size_t most_bytes, Latches latches) {
    const bool binary = bytes.starts_with("aig");
    AigerCursor cursor(bytes, name, binary);
    if (!binary && !bytes.starts_with("aag")) cursor.fail("an AIGER file, which begins with `aag` or `aig`");
    const Header header = parse_header(cursor, binary ? "aig" : "aag");
    check_header(cursor, header, most_bytes, latches);
    cursor.expect('\n');
    AigerFile file;
    file.name = name;
    file.binary = binary;
    file.maximum = header.maximum;
    for (std::uint32_t k = 0; k < header.inputs; ++k) {
        file.inputs.push_back(binary ? 2 * (k + 1) : parse_variable(cursor, file));
        file.input_names.push_back(fmt::format("i{}", k));
        if (!binary) cursor.expect('\n');
    }
    for (std::uint32_t k = 0; k < header.latches; ++k) parse_latch(cursor, file);
    parse_ports(cursor, file, 'o', header.outputs, file.outputs);
    parse_ports(cursor, file, 'b', header.bad, file.bad);
    parse_ports(cursor, file, 'c', header.constraints, file.constraints);
    file.ands.reserve(header.ands);
    for (std::uint32_t k = 0; k < header.ands; ++k) {
        binary ? parse_binary_and(cursor, file) : parse_ascii_and(cursor, file);
    }
    parse_aiger_symbols(cursor, file);
    return file;
}

}  // namespace attest::circuit
