#pragma once

#include <string>
#include <string_view>

namespace attest::base {

/// A secret of this user, by which processes of theirs on any machine know what one of them wrote where others write as well.
class Seal {
  public:
    /// The key in the file that `ATTEST_KEY` names, or else in `attest/key` of the user's folder of states (`XDG_STATE_HOME`, or
    /// `~/.local/state`), which is made if it is not there. Where there is no such folder, or it takes no file, a key of this
    /// process alone: then nothing that another one wrote is known.
    /// Throws  InputError if the file is not one that this user alone can read, or holds no key
    Seal();

    /// The HMAC (RFC 2104) of a text with SHA-256, as 64 lower-case hexadecimal digits.
    std::string of(std::string_view text) const;
    /// Whether this is the seal of the text.
    bool fits(std::string_view seal, std::string_view text) const;

  private:
    std::string key_;  ///< 64 hexadecimal digits
};

}  // namespace attest::base
