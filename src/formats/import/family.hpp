#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "blueprint.hpp"
#include "source.hpp"

namespace attest::formats::import {

/// What tensors of one name are: `*` stands for a number, `**` at the beginning for anything.
struct Role {
    std::string_view pattern;
    std::string_view role;
};

constexpr std::string_view not_needed = "not needed";  ///< the role of buffers that do not change the function

/// A way in which frameworks lay out a transformer.
struct Family {
    std::string_view name;
    bool (*fits)(const Checkpoint&);
    Blueprint (*read)(Source&);
    std::vector<Role> roles;
};

const std::vector<Family>& families();

/// Those whose names the checkpoint has.
std::vector<const Family*> fitting(const Checkpoint& checkpoint);
/// The one that is asked for, or, where `asked` is empty, the one that fits.
/// Throws  UsageError for a name of none; InputError if none fits, or several
const Family& find_family(const Checkpoint& checkpoint, const std::string& asked);

/// The role of a tensor in a family; empty: none.
std::string_view role_of(const Family& family, const std::string& name);

Family torch_encoder();
Family transformer_lens();
Family nanogpt();
Family gpt2();
Family bert();
Family llama();
Family llama2_c();
Family real_uhat();

/// Whether some name of the checkpoint has the pattern.
bool has_name(const Checkpoint& checkpoint, std::string_view pattern);
bool matches(std::string_view pattern, std::string_view name);

/// The name of an activation as the model format has it.
/// Throws  InputError (`because`) for one that it does not have
std::string activation_name(const std::string& text, const std::string& where);

}  // namespace attest::formats::import
