#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/journal.hpp"
#include "base/seal.hpp"

namespace attest::base {

/// What units of a search came to, a line each, kept through kills. In a file they are of one process; in a folder each has
/// a file of its own, so that processes on any number of machines which see the folder add theirs side by side, and a unit
/// that is worked on twice leaves one record.
class Records {
  public:
    /// Keeps nothing.
    Records() = default;
    /// path  a file, made if there is none, or a folder that is there
    /// head  the first line of the file; the file `question` of the folder
    /// read  of a folder: the units whose records are read, of which there may be more than one process wants; empty: all
    /// Throws  InputError if it cannot be read or written, or is of something else
    Records(const std::string& path, const Journal::Head& head, const std::function<bool(std::size_t unit)>& read = {});
    /// The same of a folder whose records nobody can check by what they say: each bears a seal of this user's, over the
    /// question and the unit as well, and what does not is not read.
    Records(const std::string& folder, const Journal::Head& head, Seal seal);

    /// The records that were there when it was opened.
    const std::vector<std::string>& earlier() const { return earlier_; }
    /// The file that each of them is in.
    const std::vector<std::string>& places() const { return places_; }
    /// The units whose records, then, bear no seal of this user's, ascending: whoever wrote them.
    const std::vector<std::size_t>& foreign() const { return foreign_; }
    /// Adds the record of a unit, and waits until it is on the disk: it is there whole, or not at all.
    /// Throws  InputError if it cannot be written
    void add(std::size_t unit, const std::string& record);

  private:
    void open_folder(const Journal::Head& head, const std::function<bool(std::size_t)>& read);
    std::string sealed(std::size_t unit, const std::string& record) const;
    std::optional<std::string> without_seal(std::size_t unit, const std::string& line) const;

    std::string folder_;  ///< empty: a file, or nothing
    std::unique_ptr<Journal> journal_;
    std::vector<std::string> earlier_, places_;
    std::optional<Seal> seal_;
    std::string question_;  ///< that the seals are of
    std::vector<std::size_t> foreign_;
};

/// The units that have a record in a folder, ascending; none where there is no such folder. What is no regular file is no
/// record.
std::vector<std::size_t> recorded_units(const std::string& folder);

}  // namespace attest::base
