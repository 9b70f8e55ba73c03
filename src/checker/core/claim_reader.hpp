#pragma once

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// The keys of each kind of claim (FORMAT.md sections 1.1, 9, 10). Each throws Defect (place).
void read_recognition(const Cursor& at, Claim& claim);
void read_restriction(const Cursor& at, Claim& claim);
void read_sensitive(const Cursor& at, Claim& claim);
void read_threshold(const Cursor& at, Claim& claim);
void read_collection(const Cursor& at, Claim& claim);

}  // namespace attest::checker
