#include "base/records.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

namespace attest::base {

namespace {

namespace fs = std::filesystem;

fs::path units_of(const std::string& folder) { return fs::path(folder) / "units"; }

/// No pipe, which would be waited for, and no link, which leads to what nobody recorded here.
bool is_own_file(const fs::path& path) {
    std::error_code none;
    return fs::is_regular_file(fs::symlink_status(path, none));
}

/// The record in a file; nothing where its end is missing, as on a disk that lost it.
std::optional<std::string> whole_line(const std::string& path) {
    std::string text = read_file(path);
    if (text.empty() || text.find('\n') != text.size() - 1) return std::nullopt;
    text.pop_back();
    return text;
}

}  // namespace

Records::Records(const std::string& path, const Journal::Head& head, const std::function<bool(std::size_t)>& read) {
    if (fs::is_directory(path)) {
        folder_ = path;
        open_folder(head, read);
    } else {
        journal_ = std::make_unique<Journal>(path, head);
        earlier_ = journal_->earlier();
        places_.assign(earlier_.size(), path);
    }
}

Records::Records(const std::string& folder, const Journal::Head& head, Seal seal)
    : folder_(folder), seal_(std::move(seal)), question_(head.line) {
    open_folder(head, {});
}

/// One that is copied to another unit, or into the folder of another question, fits no more.
std::string Records::sealed(std::size_t unit, const std::string& record) const {
    return seal_->of(question_ + "\n" + std::to_string(unit) + "\n" + record) + " " + record;
}

std::optional<std::string> Records::without_seal(std::size_t unit, const std::string& line) const {
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos) return std::nullopt;
    std::string record = line.substr(blank + 1);
    if (!seal_->fits(line.substr(0, blank), question_ + "\n" + std::to_string(unit) + "\n" + record))
        return std::nullopt;
    return record;
}

void Records::open_folder(const Journal::Head& head, const std::function<bool(std::size_t)>& read) {
    std::error_code error;
    fs::create_directories(units_of(folder_), error);
    if (error) throw InputError(folder_, "cannot write: " + error.message());
    const std::string question = folder_ + "/question";
    if (!fs::exists(fs::symlink_status(question))) write_file(question, head.line + "\n");
    if (!is_own_file(question)) throw InputError(question, "a file", "something else");
    if (whole_line(question) != head.line) throw InputError(question, head.expected, "something else");
    for (const std::size_t unit : recorded_units(folder_)) {
        if (read && !read(unit)) continue;
        const std::string place = (units_of(folder_) / std::to_string(unit)).string();
        auto record = whole_line(place);
        if (record && seal_) record = without_seal(unit, *record);
        if (!record && seal_) foreign_.push_back(unit);
        if (!record) continue;
        earlier_.push_back(std::move(*record));
        places_.push_back(place);
    }
}

void Records::add(std::size_t unit, const std::string& record) {
    if (!folder_.empty())
        write_file((units_of(folder_) / std::to_string(unit)).string(), (seal_ ? sealed(unit, record) : record) + "\n");
    else if (journal_) journal_->append(record);
}

std::vector<std::size_t> recorded_units(const std::string& folder) {
    std::vector<std::size_t> units;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(units_of(folder), none)) {
        const std::string name = entry.path().filename().string();
        std::size_t unit = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), unit);
        // `01` would be read as the file `1`, which need not be there.
        if (error == std::errc() && end == name.data() + name.size() && name == std::to_string(unit) &&
            is_own_file(entry.path()))
            units.push_back(unit);
    }
    std::sort(units.begin(), units.end());
    return units;
}

}  // namespace attest::base
