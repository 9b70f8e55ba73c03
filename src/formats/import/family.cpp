#include "family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// As frameworks call them, in small letters.
constexpr auto activations = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"relu", "relu"},
    {"torch.nn.functional.relu", "relu"},
    {"torch.relu", "relu"},
    {"gelu", "gelu"},
    {"torch._c._nn.gelu", "gelu"},
    {"torch.nn.functional.gelu", "gelu"},
    {"gelu_new", "gelu-tanh"},
    {"gelu-tanh", "gelu-tanh"},
    {"gelu_pytorch_tanh", "gelu-tanh"},
    {"silu", "silu"},
    {"swish", "silu"},
    {"torch.nn.functional.silu", "silu"},
    {"tanh", "tanh"},
    {"sigmoid", "sigmoid"},
});

}  // namespace

const std::vector<Family>& families() {
    static const std::vector<Family> all = {torch_encoder(), transformer_lens(), nanogpt(),  gpt2(), bert(),
                                            llama(),         llama2_c(),         real_uhat()};
    return all;
}

bool matches(std::string_view pattern, std::string_view name) {
    if (pattern.starts_with("**")) {
        pattern.remove_prefix(2);
        for (std::size_t k = 0; k <= name.size(); ++k)
            if (matches(pattern, name.substr(k))) return true;
        return false;
    }
    std::size_t at = 0;
    for (const char c : pattern) {
        const std::size_t start = at;
        if (c == '*')
            while (at < name.size() && is_digit(name[at])) ++at;
        else if (at < name.size() && name[at] == c) ++at;
        if (at == start) return false;
    }
    return at == name.size();
}

bool has_name(const Checkpoint& checkpoint, std::string_view pattern) {
    return std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                       [&](const auto& entry) { return matches(pattern, entry.first); });
}

std::string_view role_of(const Family& family, const std::string& name) {
    for (const Role& role : family.roles)
        if (matches(role.pattern, name)) return role.role;
    return {};
}

std::string activation_name(const std::string& text, const std::string& where) {
    std::string small = text;
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const auto& [name, ours] : activations)
        if (small == name) return std::string(ours);
    throw base::InputError(where, "an activation (relu gelu gelu_new silu tanh sigmoid)", base::quoted(text, 40));
}

std::vector<const Family*> fitting(const Checkpoint& checkpoint) {
    std::vector<const Family*> fit;
    for (const Family& family : families())
        if (family.fits(checkpoint)) fit.push_back(&family);
    return fit;
}

namespace {

std::string names(const std::vector<const Family*>& all) {
    std::string text;
    for (const Family* family : all) text += (text.empty() ? "" : ", ") + std::string(family->name);
    return text;
}

}  // namespace

const Family& find_family(const Checkpoint& checkpoint, const std::string& asked) {
    if (!asked.empty()) {
        for (const Family& family : families())
            if (family.name == asked) return family;
        throw base::UsageError(fmt::format("--from: expected a family ({}), found {}", fmt::join(family_names(), ", "),
                                           base::quoted(asked)));
    }
    const std::vector<const Family*> fit = fitting(checkpoint);
    if (fit.size() == 1) return *fit[0];
    if (fit.empty())
        throw base::InputError(checkpoint.file,
                               fmt::format("the tensors of a family ({})", fmt::join(family_names(), ", ")),
                               fmt::format("{} others, {} first", checkpoint.tensors.size(),
                                           base::named(checkpoint.tensors.begin()->first)));
    throw base::InputError(checkpoint.file, "the tensors of one family (--from)", names(fit));
}

}  // namespace attest::formats::import
