#include "checker/network/safetensors.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// The safetensors format: a length, a JSON directory, the data. The tensors must cover the data without hole or
// overlap, so that no byte of the file is outside what the certificate speaks of. Floats are decoded from their bits to
// the dyadic rationals that IEEE 754 gives them.

namespace attest::checker {

enum class Form { floating, signed_integer, natural, boolean, unread };

struct NumberType {
    const char* name;
    unsigned bits;
    Form form;
    int exponent_bits = 0;
    int fraction_bits = 0;
};

namespace {

constexpr std::array<NumberType, 22> types = {{{"F64", 64, Form::floating, 11, 52}, {"F32", 32, Form::floating, 8, 23},
                                               {"F16", 16, Form::floating, 5, 10},  {"BF16", 16, Form::floating, 8, 7},
                                               {"I64", 64, Form::signed_integer},   {"I32", 32, Form::signed_integer},
                                               {"I16", 16, Form::signed_integer},   {"I8", 8, Form::signed_integer},
                                               {"U64", 64, Form::natural},          {"U32", 32, Form::natural},
                                               {"U16", 16, Form::natural},          {"U8", 8, Form::natural},
                                               {"BOOL", 8, Form::boolean},          {"C64", 64, Form::unread},
                                               {"F8_E5M2", 8, Form::unread},        {"F8_E4M3", 8, Form::unread},
                                               {"F8_E8M0", 8, Form::unread},        {"F8_E5M2FNUZ", 8, Form::unread},
                                               {"F8_E4M3FNUZ", 8, Form::unread},    {"F6_E3M2", 6, Form::unread},
                                               {"F6_E2M3", 6, Form::unread},        {"F4", 4, Form::unread}}};

const NumberType* find_type(std::string_view name) {
    const auto found = std::find_if(types.begin(), types.end(), [&](const NumberType& t) { return name == t.name; });
    return found == types.end() ? nullptr : &*found;
}

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) std::memcpy(&value, bytes.data(), bytes.size());
    else
        for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

Rational natural_number(std::uint64_t value) {
    mpz_class result;
    mpz_import(result.get_mpz_t(), 1, 1, sizeof value, 0, 0, &value);
    return result;
}

Rational signed_value(std::uint64_t bits, const NumberType& type) {
    Rational value = natural_number(bits);
    if ((bits >> (type.bits - 1) & 1) != 0) value -= Rational(mpz_class(1) << type.bits);
    return value;
}

/// (-1)^sign * significand * 2^power, as IEEE 754 defines it for each width; a double at most. None of NaN and infinities.
std::optional<double> float_value(std::uint64_t bits, const NumberType& type) {
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << type.fraction_bits) - 1);
    const std::uint64_t all_ones = (std::uint64_t{1} << type.exponent_bits) - 1;
    const std::uint64_t exponent = bits >> type.fraction_bits & all_ones;
    const bool negative = (bits >> (type.fraction_bits + type.exponent_bits) & 1) != 0;
    if (exponent == all_ones) return std::nullopt;
    const std::uint64_t hidden = exponent == 0 ? 0 : std::uint64_t{1} << type.fraction_bits;
    const int bias = (1 << (type.exponent_bits - 1)) - 1;
    const int power = std::max(static_cast<int>(exponent), 1) - bias - type.fraction_bits;
    const double size = std::ldexp(static_cast<double>(hidden | fraction), power);
    return negative ? -size : size;
}

/// Entries times bits, a whole number of bytes.
std::uint64_t byte_count(const Cursor& entry, const Tensor& tensor) {
    if (tensor.numbers == nullptr) entry.fail("the type " + tensor.type + " is not known");
    std::uint64_t count = 1;
    for (const std::uint64_t extent : tensor.shape)
        if (__builtin_mul_overflow(count, extent, &count)) entry.fail("the shape has more entries than can be counted");
    if (__builtin_mul_overflow(count, std::uint64_t{tensor.numbers->bits}, &count))
        entry.fail("the shape is larger than the file");
    if (count % 8 != 0) entry.fail("the entries do not fill whole bytes");
    return count / 8;
}

struct Extent {
    std::uint64_t begin;
    std::uint64_t end;
    std::string place;
};

Tensor read_entry(const Cursor& entry, std::string_view data, std::vector<Extent>& extents) {
    const auto most = static_cast<std::int64_t>(data.size());
    Tensor tensor;
    tensor.type = entry.at("dtype").string();
    tensor.numbers = find_type(tensor.type);
    const Cursor shape = entry.at("shape");
    for (std::size_t i = 0; i < shape.size(); ++i)
        tensor.shape.push_back(static_cast<std::uint64_t>(shape.item(i).integer(0, INT64_MAX)));
    const Cursor offsets = entry.at("data_offsets");
    if (offsets.size() != 2) offsets.fail("two offsets were expected");
    const auto begin = static_cast<std::uint64_t>(offsets.item(0).integer(0, most));
    const auto end = static_cast<std::uint64_t>(offsets.item(1).integer(0, most));
    if (begin > end) offsets.fail("the end is before the begin");
    if (end - begin != byte_count(entry, tensor)) offsets.fail("the offsets do not fit shape and type");
    tensor.data = data.substr(begin, end - begin);
    extents.push_back({begin, end, entry.place()});
    return tensor;
}

void check_cover(std::vector<Extent> extents, std::uint64_t size, const std::string& file) {
    std::sort(extents.begin(), extents.end(),
              [](const Extent& a, const Extent& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::uint64_t at = 0;
    for (const Extent& extent : extents) {
        if (extent.begin < at) throw Defect(extent.place, "overlaps another tensor");
        if (extent.begin > at) throw Defect(extent.place, "a hole before the tensor");
        at = extent.end;
    }
    if (at != size) throw Defect(file, "data after the last tensor");
}

}  // namespace

std::uint64_t Tensor::count() const {
    std::uint64_t product = 1;
    for (const std::uint64_t extent : shape) product *= extent;
    return product;
}

namespace {

template <typename Bits>
Bits bits_at(const char* at) {
    Bits bits;
    std::memcpy(&bits, at, sizeof bits);
    return bits;
}

/// The processor's own, of which doubles are made without loss.
template <typename Float>
bool read_floats(const char* at, std::size_t step, std::span<double> to) {
    bool are_finite = true;
    for (double& number : to) {
        number = bits_at<Float>(at);
        are_finite = are_finite && std::isfinite(number);
        at += step;
    }
    return are_finite;
}

}  // namespace

KeptRational Tensor::at(std::uint64_t index) const {
    const NumberType& one = *numbers;
    const std::uint64_t bits = little_endian(data.substr(index * one.bits / 8, one.bits / 8));
    if (one.form == Form::floating) {
        const std::optional<double> value = float_value(bits, one);
        const bool is_infinite = !value && (bits & ((std::uint64_t{1} << one.fraction_bits) - 1)) == 0;
        if (!value) throw Defect("", is_infinite ? "an infinity" : "a NaN");
        return KeptRational(*value);
    }
    if (one.form == Form::signed_integer) return signed_value(bits, one);
    if (one.form == Form::boolean && bits > 1) throw Defect("", "a BOOL that is neither 0 nor 1");
    return natural_number(bits);
}

bool Tensor::floats_from(std::uint64_t index, std::uint64_t step, std::span<double> to) const {
    static_assert(std::numeric_limits<double>::is_iec559 && std::numeric_limits<float>::is_iec559);
    if (numbers->form != Form::floating || std::endian::native != std::endian::little) return false;
    const std::size_t size = numbers->bits / 8;
    const char* const at = data.data() + index * size;
    if (size == sizeof(double)) return read_floats<double>(at, step * size, to);
    return size == sizeof(float) && read_floats<float>(at, step * size, to);
}

bool Tensor::is_read() const { return numbers->form != Form::unread; }

Tensors read_safetensors(std::string_view bytes, const std::string& file, Budget& budget) {
    if (bytes.size() < 8) throw Defect(file, "shorter than 8 bytes");
    const std::uint64_t length = little_endian(bytes.substr(0, 8));
    if (length > 100'000'000 || length > bytes.size() - 8)
        throw Defect(file, "the header claims more bytes than there are");
    const std::string_view header = bytes.substr(8, length);
    const std::string_view data = bytes.substr(8 + length);
    if (!header.starts_with('{')) throw Defect(file, "the header does not begin with {");
    const Json json = parse_json(header, file, budget);

    Tensors tensors;
    std::vector<Extent> extents;
    for (const auto& [name, value] : json.members()) {
        const Cursor entry(value, file + ": " + name);
        if (name == "__metadata__") {
            if (value.is(Json::Kind::null)) continue;
            if (!value.is(Json::Kind::object)) entry.expected("an object");
            for (const auto& member : value.members()) Cursor(member.second, entry.place()).string();
        } else {
            tensors.emplace(name, read_entry(entry, data, extents));
        }
    }
    check_cover(std::move(extents), data.size(), file);
    return tensors;
}

}  // namespace attest::checker
