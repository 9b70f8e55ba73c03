#include "formats/tensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "attest/base/error.hpp"
#include "attest/base/json.hpp"
#include "base/text.hpp"

// safetensors: 8 bytes length of the header (little-endian), the header as JSON, the data. Each entry of the header
// gives type, shape and [begin, end) in the data; together they tile the data without overlap or hole.

namespace attest::formats {

namespace {

struct TypeInfo {
    std::string_view name;
    NumberType type;
    std::uint64_t bits;
};

constexpr std::array types = {
    TypeInfo{"F64", NumberType::f64, 64},
    TypeInfo{"F32", NumberType::f32, 32},
    TypeInfo{"F16", NumberType::f16, 16},
    TypeInfo{"BF16", NumberType::bf16, 16},
    TypeInfo{"I64", NumberType::i64, 64},
    TypeInfo{"I32", NumberType::i32, 32},
    TypeInfo{"I16", NumberType::i16, 16},
    TypeInfo{"I8", NumberType::i8, 8},
    TypeInfo{"U64", NumberType::u64, 64},
    TypeInfo{"U32", NumberType::u32, 32},
    TypeInfo{"U16", NumberType::u16, 16},
    TypeInfo{"U8", NumberType::u8, 8},
    TypeInfo{"BOOL", NumberType::boolean, 8},
    // A file may hold them where the model names none of them.
    TypeInfo{"C64", NumberType::unread, 64},
    TypeInfo{"F8_E5M2", NumberType::unread, 8},
    TypeInfo{"F8_E4M3", NumberType::unread, 8},
    TypeInfo{"F8_E8M0", NumberType::unread, 8},
    TypeInfo{"F8_E5M2FNUZ", NumberType::unread, 8},
    TypeInfo{"F8_E4M3FNUZ", NumberType::unread, 8},
    TypeInfo{"F6_E3M2", NumberType::unread, 6},
    TypeInfo{"F6_E2M3", NumberType::unread, 6},
    TypeInfo{"F4", NumberType::unread, 4},
};

constexpr std::uint64_t longest_header = 100'000'000;

/// In bytes, of a type that is read.
std::uint64_t size_of(NumberType type) {
    return std::find_if(types.begin(), types.end(), [&](const TypeInfo& t) { return t.type == type; })->bits / 8;
}

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t n = 0;
    for (std::size_t k = bytes.size(); k-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes[k]);
    return n;
}

struct Placed {
    std::string name;
    std::uint64_t begin, end;
};

/// The bits of all entries, or nothing on overflow.
std::optional<std::uint64_t> size_in_bits(const std::vector<std::uint64_t>& shape, std::uint64_t bits) {
    std::uint64_t size = 1;
    for (const std::uint64_t dimension : shape)
        if (__builtin_mul_overflow(size, dimension, &size)) return std::nullopt;
    if (__builtin_mul_overflow(size, bits, &size)) return std::nullopt;
    return size;
}

std::uint64_t offset(const base::JsonNode& node, std::uint64_t data_size) {
    return static_cast<std::uint64_t>(node.as_integer(0, static_cast<std::int64_t>(data_size)));
}

std::vector<std::string_view> type_names() {
    std::vector<std::string_view> names;
    for (const TypeInfo& type : types) names.push_back(type.name);
    return names;
}

void check_tiling(std::vector<Placed> placed, std::uint64_t data_size, const std::string& name) {
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    std::uint64_t covered = 0;
    const std::string* before = nullptr;
    for (const Placed& p : placed) {
        if (p.begin < covered)
            throw base::InputError(name, "tensors that do not overlap",
                                   fmt::format("\"{}\" at bytes {} to {} over \"{}\"", base::printable(p.name, 40),
                                               p.begin, p.end, base::printable(*before, 40)));
        if (p.begin > covered)
            throw base::InputError(
                name, "tensors without holes between them",
                fmt::format("{} unused bytes before \"{}\"", p.begin - covered, base::printable(p.name, 40)));
        covered = p.end;
        before = &p.name;
    }
    if (covered != data_size)
        throw base::InputError(name, fmt::format("{} bytes of data, as the header says", covered),
                               fmt::format("{}", data_size));
}

/// m · 2^e
exact::Rational dyadic(const mpz_class& m, long e) {
    exact::Rational r{m};
    if (e >= 0) mpq_mul_2exp(r.get_mpq_t(), r.get_mpq_t(), static_cast<unsigned long>(e));
    else mpq_div_2exp(r.get_mpq_t(), r.get_mpq_t(), static_cast<unsigned long>(-e));
    return r;
}

/// A binary floating-point number of the IEEE layout with these field widths.
exact::Rational decode_float(std::uint64_t bits, int exponent_bits, int fraction_bits, const std::string& where) {
    const bool negative = (bits >> (exponent_bits + fraction_bits) & 1) != 0;
    const auto exponent = static_cast<long>(bits >> fraction_bits & ((std::uint64_t{1} << exponent_bits) - 1));
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << fraction_bits) - 1);
    const long largest = (1L << exponent_bits) - 1;
    if (exponent == largest) throw base::InputError(where, "a finite number", fraction != 0 ? "NaN" : "an infinity");
    const std::uint64_t significand = exponent == 0 ? fraction : fraction | std::uint64_t{1} << fraction_bits;
    const exact::Rational magnitude = dyadic(mpz_class(static_cast<unsigned long>(significand)),
                                             std::max(exponent, 1L) - (largest >> 1) - fraction_bits);
    return negative ? exact::Rational(-magnitude) : magnitude;
}

}  // namespace

std::uint64_t Tensor::count() const {
    std::uint64_t count = 1;
    for (const std::uint64_t dimension : shape) count *= dimension;
    return count;
}

exact::Rational Tensor::at(std::uint64_t index, const std::string& where) const {
    const std::uint64_t size = size_of(type);
    const std::uint64_t bits = little_endian(bytes.substr(index * size, size));
    const auto integer = [](auto n) { return exact::Rational(mpz_class(static_cast<long>(n))); };
    switch (type) {
        case NumberType::f64: return decode_float(bits, 11, 52, where);
        case NumberType::f32: return decode_float(bits, 8, 23, where);
        case NumberType::f16: return decode_float(bits, 5, 10, where);
        case NumberType::bf16: return decode_float(bits, 8, 7, where);
        case NumberType::i64: return integer(static_cast<std::int64_t>(bits));
        case NumberType::i32: return integer(static_cast<std::int32_t>(bits));
        case NumberType::i16: return integer(static_cast<std::int16_t>(bits));
        case NumberType::i8: return integer(static_cast<std::int8_t>(bits));
        case NumberType::u64: return mpz_class(static_cast<unsigned long>(bits));
        case NumberType::u32:
        case NumberType::u16:
        case NumberType::u8: return integer(bits);
        case NumberType::boolean:
            if (bits > 1) throw base::InputError(where, "0 or 1 for a BOOL", std::to_string(bits));
            return integer(bits);
        case NumberType::unread: break;
    }
    throw base::InternalError("a number type without a decoder");
}

std::map<std::string, Tensor> read_tensors(std::string_view file, const std::string& name) {
    if (file.size() < 8)
        throw base::InputError(name, "a safetensors file (8 bytes of header length first)",
                               fmt::format("{} bytes", file.size()));
    const std::uint64_t header_size = little_endian(file.substr(0, 8));
    if (header_size > longest_header || header_size > file.size() - 8)
        throw base::InputError(
            name, fmt::format("a header of at most {} bytes", std::min<std::uint64_t>(longest_header, file.size() - 8)),
            fmt::format("a header that claims {}", header_size));
    const std::string_view header = file.substr(8, header_size);
    if (header.empty() || header.front() != '{')
        throw base::InputError(name, "a header that starts with '{'", base::printable(header.substr(0, 8)));
    const std::string_view data = file.substr(8 + header_size);

    const base::Json document = base::Json::parse(header, name);
    std::map<std::string, Tensor> tensors;
    std::vector<Placed> placed;
    for (const auto& [key, entry] : base::JsonNode(document, name).members()) {
        if (key == "__metadata__") {
            if (entry.value().is_null()) continue;
            for (const auto& member : entry.members()) (void)member.second.as_string();
            continue;
        }
        const std::string& dtype = entry.at("dtype").as_string();
        const auto type = std::find_if(types.begin(), types.end(), [&](const TypeInfo& t) { return t.name == dtype; });
        if (type == types.end()) entry.at("dtype").fail(fmt::format("one of {}", fmt::join(type_names(), " ")));
        Tensor tensor{type->type, {}, {}, type->name};
        for (const base::JsonNode& dimension : entry.at("shape").elements())
            tensor.shape.push_back(static_cast<std::uint64_t>(dimension.as_integer(0, INT64_MAX)));
        const std::vector<base::JsonNode> offsets = entry.at("data_offsets").elements();
        if (offsets.size() != 2) entry.at("data_offsets").fail("two offsets");
        const std::uint64_t begin = offset(offsets[0], data.size());
        const std::uint64_t end = offset(offsets[1], data.size());
        if (begin > end) entry.at("data_offsets").fail("a first offset that is not beyond the second");
        const auto bits = size_in_bits(tensor.shape, type->bits);
        if (bits && *bits % 8 != 0) entry.fail("entries that fill whole bytes", fmt::format("{} bits", *bits));
        if (!bits || *bits / 8 != end - begin)
            entry.fail(fmt::format("{} bytes, the product of type and shape",
                                   bits ? std::to_string(*bits / 8) : "2^61 or more"),
                       fmt::format("offsets for {}", end - begin));
        tensor.bytes = data.substr(begin, end - begin);
        placed.push_back({key, begin, end});
        tensors.emplace(key, std::move(tensor));
    }
    check_tiling(std::move(placed), data.size(), name);
    return tensors;
}

}  // namespace attest::formats
