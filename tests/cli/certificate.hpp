#pragma once

#include "run.hpp"

namespace attest::tests {

/// A certificate as attest wrote it, from which damaged copies are made.
class Certificate {
  public:
    /// Proves in the folder and keeps the certificate under the name.
    Certificate(const Folder& folder, const std::string& name, const std::vector<std::string>& question);

    /// One that is there already.
    static Certificate existing(const Folder& folder, const std::string& name) { return {folder, name}; }

    const std::string& name() const { return name_; }
    std::vector<std::string> files() const;

    /// A fresh copy, called `damaged`.
    Certificate copy() const;

    std::string read(const std::string& file) const { return folder_.read(name_ + "/" + file); }
    void write(const std::string& file, const std::string& bytes) const { folder_.write(name_ + "/" + file, bytes); }
    nlohmann::ordered_json manifest() const { return nlohmann::ordered_json::parse(read("manifest.json")); }

    /// Writes the manifest with the sizes and digests of the files as they are now, and its own: so that the
    /// damage is not noticed by a digest.
    void seal(nlohmann::ordered_json manifest) const;
    void seal() const { seal(manifest()); }

    /// What both programs say of it, which must agree: exit status, and the name of the obligation where it
    /// is refused.
    struct Judgement {
        int status = -1;
        std::string obligation, text;
    };
    Judgement judge() const;

  private:
    Certificate(const Folder& folder, std::string name) : folder_(folder), name_(std::move(name)) {}

    const Folder& folder_;
    std::string name_;
};

}  // namespace attest::tests
