#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "checker/core/sha256.hpp"
#include "forgery.hpp"

namespace forgeries {
namespace {

const std::string zeros(64, '0');

void write(const std::string& directory, const std::string& name, const std::string& bytes) {
    std::ofstream(directory + "/" + name, std::ios::binary) << bytes;
}

std::string manifest_of(const Certificate& certificate, const std::string& claim) {
    std::string text = "{\"format\": \"attest/certificate\", \"version\": 1,\n \"claim\": " + claim;
    if (!certificate.evidence.empty()) text += ",\n \"evidence\": " + certificate.evidence;
    text += ",\n \"assumptions\": " + certificate.assumptions + ",\n \"provenance\": " + certificate.provenance +
            ",\n \"files\": [";
    for (const auto& [name, bytes] : certificate.files)
        text += (text.back() == '[' ? "" : ", ") +
                ("{\"name\": \"" + name + "\", \"bytes\": " + std::to_string(bytes.size())) + ", \"sha256\": \"" +
                attest::checker::sha256(bytes) + "\"}";
    return text + "],\n \"digest\": \"" + zeros + "\"}\n";
}

std::string& text_of(Certificate& certificate, const std::string& part) {
    if (part == "claim") return certificate.claim;
    if (part == "evidence") return certificate.evidence;
    return certificate.files.at(part);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text)
        if (lines.back() += c; c == '\n') lines.emplace_back();
    if (lines.back().empty()) lines.pop_back();
    return lines;
}

Edit on_lines(const std::string& file, int number,
              const std::function<void(std::vector<std::string>&, std::ptrdiff_t)>& change) {
    return [=](Certificate& certificate) {
        std::vector<std::string> lines = lines_of(certificate.files.at(file));
        change(lines, number < 0 ? static_cast<std::ptrdiff_t>(lines.size()) + number : number);
        std::string& text = certificate.files.at(file);
        text.clear();
        for (const std::string& each : lines) text += each;
    };
}

}  // namespace

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("nothing to change: " + from);
    return text.replace(at, from.size(), to);
}

std::string seal(const Certificate& certificate, const std::string& directory) {
    std::filesystem::create_directories(directory);
    std::string claim = certificate.claim;
    for (const auto& [name, part] : certificate.parts) {
        const std::string digest = seal(part, directory + "/" + name);
        while (claim.find("@" + name) != std::string::npos) claim = replaced(claim, "@" + name, digest);
    }
    for (const auto& [name, bytes] : certificate.files) write(directory, name, bytes);
    std::string manifest = manifest_of(certificate, claim);
    for (const auto& change : certificate.in_manifest) change(manifest);
    const std::string digest = attest::checker::sha256(manifest);
    // A forger may have taken the place of the digest away.
    if (const std::size_t at = manifest.find(zeros); at != std::string::npos) manifest.replace(at, 64, digest);
    write(directory, "manifest.json", manifest);
    for (const auto& damage : certificate.on_disk) damage(directory);
    return digest;
}

void rewrite(const std::string& path, const std::string& from, const std::string& to) {
    std::ifstream file(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::ofstream(path, std::ios::binary) << replaced(text, from, to);
}

std::string digest_in(const std::string& directory) {
    std::ifstream file(directory + "/manifest.json", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return text.substr(text.rfind("\"digest\"") + 11, 64);
}

Edit in(const std::string& part, const std::string& from, const std::string& to) {
    return [=](Certificate& certificate) {
        if (part == "manifest")
            certificate.in_manifest.emplace_back([=](std::string& text) { text = replaced(text, from, to); });
        else text_of(certificate, part) = replaced(text_of(certificate, part), from, to);
    };
}

Edit put(const std::string& part, const std::string& text) {
    return [=](Certificate& certificate) {
        if (text_of(certificate, part) == text) throw std::runtime_error("nothing is changed in " + part);
        text_of(certificate, part) = text;
    };
}

Edit add_file(const std::string& name, const std::string& bytes) {
    return [=](Certificate& certificate) {
        if (!certificate.files.emplace(name, bytes).second) throw std::runtime_error(name + " is there already");
    };
}

Edit without(const std::string& name) {
    return [=](Certificate& certificate) {
        if (certificate.files.erase(name) == 0) throw std::runtime_error("there is no " + name);
    };
}

Edit renamed(const std::string& name, const std::string& to) {
    return [=](Certificate& certificate) {
        certificate.files[to] = certificate.files.at(name);
        certificate.files.erase(name);
    };
}

Edit on_disk(std::function<void(const std::string& directory)> damage) {
    return [=](Certificate& certificate) { certificate.on_disk.push_back(damage); };
}

Edit in_part(const std::string& directory, Edit edit) {
    return [=](Certificate& certificate) { edit(certificate.parts.at(directory)); };
}

Edit both(Edit first, Edit second) {
    return [=](Certificate& certificate) {
        first(certificate);
        second(certificate);
    };
}

Edit line(const std::string& file, int number, const std::function<std::string(const std::string&)>& change) {
    return on_lines(file, number, [=](std::vector<std::string>& lines, std::ptrdiff_t at) {
        std::string& old = lines.at(static_cast<std::size_t>(at));
        const std::string changed = change(old);
        if (changed == old) throw std::runtime_error("nothing is changed in " + file);
        old = changed;
    });
}

Edit without_line(const std::string& file, int number) {
    return on_lines(file, number,
                    [](std::vector<std::string>& lines, std::ptrdiff_t at) { lines.erase(lines.begin() + at); });
}

Edit with_line(const std::string& file, int before, const std::string& added) {
    return on_lines(file, before, [=](std::vector<std::string>& lines, std::ptrdiff_t at) {
        lines.insert(lines.begin() + at, added);
    });
}

}  // namespace forgeries
