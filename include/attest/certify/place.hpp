#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace attest::certify {

/// Where the files of one certificate are written. Copies are the same place.
class Place {
  public:
    /// For a certificate that is looked at once and not kept: in memory while it is small, else, or when somebody asks for its
    /// directory, under the system's place for temporary files, from where it goes with the last copy.
    Place();
    /// A directory that is there.
    Place(std::string directory);                                    // NOLINT: implicit, so that a directory is a place
    Place(const char* directory) : Place(std::string(directory)) {}  // NOLINT: likewise

    /// Throws  InputError if the file cannot be written
    void write(const std::string& name, std::string_view bytes) const;

    /// Throws  InputError if there is none yet, and none can be made
    operator const std::string&() const;  // NOLINT: for those who write files by their paths

    /// By name; null where they are in a directory.
    const std::map<std::string, std::string>* files() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace attest::certify
