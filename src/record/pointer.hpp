#pragma once

#include <string>

namespace attest::record {

/// The texts of the values to which pointers lead in a JSON document; several pointers are given with spaces, and so
/// are their values. A step is a key, a number from 0, or `*`, every element of a list: where all of these agree the
/// value is theirs, else they are listed with commas.
///
/// Throws  InputError saying where the way ends
std::string value_at(const std::string& json, const std::string& pointers);

}  // namespace attest::record
